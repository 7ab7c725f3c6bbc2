package io.candor.helpdesk.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.candor.helpdesk.wire.StandardWebhooks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Anybody who sends Standard Webhooks with the data that docs/helpdesks.md describes. */
final class StandardInbound implements Inbound {
  /** What mail programs write into automatic replies (RFC 3834, and what came before it). */
  private static final List<String> AUTOMATIC =
      List.of(
          "x-autoreply",
          "x-autorespond",
          "x-auto-response-suppress",
          "list-id",
          "list-unsubscribe");

  @Override
  public boolean isAuthentic(Delivery delivery, Account account, String secret, Clocked now) {
    var timestamp = delivery.header(StandardWebhooks.TIMESTAMP);
    return timestamp.matches("\\d{1,12}")
        && StandardWebhooks.isSigned(
            delivery.header(StandardWebhooks.SIGNATURE),
            secret,
            delivery.header(StandardWebhooks.ID),
            Long.parseLong(timestamp),
            delivery.body())
        && now.allows(Instant.ofEpochSecond(Long.parseLong(timestamp)));
  }

  @Override
  public Event read(byte[] body, Account account, Instant received) {
    var payload = Payload.of(body);
    var place =
        new Event.Place(
            payload.optional("/data/event_id").orElseGet(() -> Payload.hash(body)),
            payload.required("/data/conversation"),
            payload.time("/timestamp"));
    return switch (payload.required("/type")) {
      case "message.created" -> message(payload, place);
      case "message.updated" -> new Event.Nothing(place, "edit");
      case "conversation.given_back" -> new Event.GivenBack(place);
      default -> new Event.Nothing(place, "other_event");
    };
  }

  private static Event message(Payload payload, Event.Place place) {
    return switch (payload.required("/data/author")) {
      case "customer" -> said(payload, place);
      case "staff" ->
          payload.flag("/data/private")
              ? new Event.Nothing(place, "staff_note")
              : new Event.StaffSaid(place);
      case "bot" -> new Event.Nothing(place, "own_message");
      default -> throw new IllegalArgumentException("'author' is customer, staff or bot");
    };
  }

  private static Event said(Payload payload, Event.Place place) {
    return new Event.Said(
        place,
        payload.optional("/data/message").orElse(place.delivery()),
        PlainText.of(payload.text("/data/text")),
        payload.text("/data/channel"),
        payload.words("/data/tags"),
        payload.optional("/data/language"),
        isAutomatic(payload),
        Optional.empty());
  }

  private static boolean isAutomatic(Payload payload) {
    return payload
        .json()
        .at("/data/headers")
        .propertyStream()
        .anyMatch(header -> {
          var name = header.getKey().toLowerCase(java.util.Locale.ROOT);
          var value = header.getValue().asText().toLowerCase(java.util.Locale.ROOT);
          return AUTOMATIC.contains(name)
              || name.equals("auto-submitted") && !value.startsWith("no")
              || name.equals("precedence") && value.matches("(bulk|junk|list|auto_reply)");
        });
  }

  @Override
  public Delivery test(Account account, String secret, Instant now) {
    var body =
        """
        {"type": "message.created", "timestamp": "%1$s",
         "data": {"conversation": "%2$s", "author": "customer", "text": "%3$s"}}
        """
            .formatted(now, TEST_CONVERSATION, TEST_QUESTION)
            .getBytes(UTF_8);
    var id = "msg_" + Payload.hash(body);
    var headers =
        Map.of(
            StandardWebhooks.ID,
            id,
            StandardWebhooks.TIMESTAMP,
            String.valueOf(now.getEpochSecond()),
            StandardWebhooks.SIGNATURE,
            StandardWebhooks.sign(List.of(secret), id, now.getEpochSecond(), body));
    return new Delivery(headers, "", body);
  }
}
