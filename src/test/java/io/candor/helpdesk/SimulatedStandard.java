package io.candor.helpdesk;

import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

final class SimulatedStandard implements SimulatedVendor {
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  @Override
  public String name() {
    return "standard";
  }

  @Override
  public Map<String, String> account(String baseUrl) {
    return Map.of("base_url", baseUrl + "/candor");
  }

  @Override
  public String token() {
    return "";
  }

  @Override
  public String secret() {
    return "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  }

  @Override
  public HttpRequest message(String hook, Said said, String secret) {
    return event(hook, said, secret, "message.created", "\"author\": \"customer\"");
  }

  HttpRequest event(String hook, Said said, String secret, String type, String more) {
    var now = Instant.now();
    var body =
        """
        {"type": "%s", "timestamp": "%s", "data": {"conversation": "%s", "message": "%s",
         "event_id": "%s-%s", "text": "%s", "channel": "chat", "tags": ["vip"], %s}}
        """
            .formatted(
                type, now, said.conversation(), said.id(), type, said.id(), said.text(), more);
    var id = "msg_" + said.id();
    var timestamp = String.valueOf(now.getEpochSecond());
    return Signed.post(hook, body)
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", Signed.standard(secret, id, timestamp, body))
        .build();
  }

  /** As the standard asks of a receiver: verify, and act once on an id. */
  @Override
  public Reply handle(Call call, Desks desks) {
    var id = call.header("webhook-id");
    var expected = Signed.standard(secret(), id, call.header("webhook-timestamp"), call.raw());
    if (!call.header("webhook-signature").contains(expected)) {
      return Reply.UNAUTHORISED;
    }
    var type = call.body().path("type").asText();
    if (type.equals("helpdesk.ping") || !seen.add(id)) {
      return Reply.ok("{}");
    }
    var conversation = call.body().path("data").path("conversation").asText();
    if (!desks.has(conversation)) {
      return Reply.UNKNOWN;
    }
    if (type.equals("helpdesk.hand_over")) {
      desks.setStatus(conversation, "open");
    } else {
      desks.add(
          conversation,
          type.equals("helpdesk.note"),
          call.body().path("data").path("text").asText(),
          id);
    }
    return Reply.ok("{}");
  }
}
