package io.candor.knowledge;

import io.candor.knowledge.Applied.NewVersion;
import io.candor.knowledge.Applied.Retired;
import io.candor.knowledge.Applied.Unchanged;

/** What the topic of applied documents says, once or more often, of each change. */
final class Announcement {
  static final String TOPIC = "candor.documents-applied";

  private Announcement() {}

  static String json(Event event, Applied.Accepted applied) {
    var json = JsonFields.JSON.createObjectNode();
    json.put("document", event.key());
    applied.version().ifPresent(number -> json.put("version", number));
    json.put("token", applied.token().toString());
    json.put("event_source", event.origin().source()).put("event_id", event.origin().id());
    switch (applied) {
      case NewVersion made -> {
        json.put("change", "published").put("valid_from", made.validFrom().toString());
        if (made.validUntil().isBefore(DocumentTimeline.FOREVER)) {
          json.put("valid_until", made.validUntil().toString());
        }
      }
      case Retired retired ->
          json.put("change", "retired").put("valid_until", retired.validUntil().toString());
      case Unchanged _ -> json.put("change", "none");
    }
    return json.toString();
  }
}
