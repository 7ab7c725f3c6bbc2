package io.candor.helpdesk;

import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

final class SimulatedChatwoot implements SimulatedVendor {
  private static final String USER = "17";

  private final Map<String, String> status = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "chatwoot";
  }

  @Override
  public Map<String, String> account(String baseUrl) {
    return Map.of("base_url", baseUrl, "account", "3", "bot_id", USER);
  }

  @Override
  public String token() {
    return "chatwoot-user-token";
  }

  @Override
  public String secret() {
    return "chatwoot-secret";
  }

  @Override
  public HttpRequest message(String hook, Said said, String secret) {
    return event(
        hook,
        said,
        secret,
        "message_created",
        "incoming",
        status.getOrDefault(said.conversation(), "pending"));
  }

  HttpRequest event(
      String hook, Said said, String secret, String event, String type, String status) {
    var body =
        """
        {"event": "%s", "id": %s, "content": "%s", "created_at": "%s", "message_type": "%s",
         "content_type": "text", "private": false, "sender": {"id": 5, "type": "contact"},
         "inbox": {"id": 1, "name": "Website"}, "account": {"id": 3},
         "conversation": {"id": %s, "status": "%s", "can_reply": true, "channel": "Channel::WebWidget",
                          "labels": [], "messages": [{"message_type": 0}]}}
        """
            .formatted(
                event, said.id(), said.text(), Instant.now(), type, said.conversation(), status);
    var timestamp = String.valueOf(Instant.now().getEpochSecond());
    return Signed.post(hook, body)
        .header(
            "X-Chatwoot-Signature",
            "sha256=" + Signed.hex("HmacSHA256", secret, timestamp + "." + body))
        .header("X-Chatwoot-Timestamp", timestamp)
        .header("X-Chatwoot-Delivery", UUID.randomUUID().toString())
        .build();
  }

  @Override
  public void giveBack(String conversation) {
    status.put(conversation, "pending");
  }

  @Override
  public Reply handle(Call call, Desks desks) {
    if (!call.header("api_access_token").equals(token())) {
      return Reply.UNAUTHORISED;
    }
    var root = "/api/v1/accounts/3/conversations";
    if (!call.path().startsWith(root)) {
      return Reply.UNKNOWN;
    }
    if (call.path().equals(root + "?status=pending")) {
      return Reply.ok("{\"data\": {\"payload\": []}}");
    }
    var parts = call.path().substring(root.length() + 1).split("/");
    return desks.has(parts[0]) && parts.length == 2
        ? handle(call, desks, parts[0], parts[1])
        : Reply.UNKNOWN;
  }

  private Reply handle(Call call, Desks desks, String conversation, String what) {
    return switch (call.method() + " " + what) {
      case "GET messages" -> messages(desks, conversation);
      case "POST messages" -> add(call, desks, conversation);
      case "POST toggle_status" -> {
        var wanted = call.body().path("status").asText();
        if (!wanted.matches("open|resolved|pending|snoozed")) {
          yield Reply.refused("no such status");
        }
        desks.setStatus(conversation, wanted);
        status.put(conversation, wanted);
        yield Reply.ok("{\"payload\": {\"success\": true}}");
      }
      default -> Reply.UNKNOWN;
    };
  }

  private static Reply messages(Desks desks, String conversation) {
    var answer = Simulator.JSON.createObjectNode();
    var payload = answer.putArray("payload");
    for (var entry : desks.entries(conversation)) {
      payload
          .addObject()
          .put("id", Long.parseLong(entry.id()))
          .put("content", entry.text())
          .put("message_type", 1)
          .put("private", entry.note());
    }
    return Reply.ok(answer);
  }

  private static Reply add(Call call, Desks desks, String conversation) {
    var message = call.body();
    if (message.path("content").asText().isBlank()
        || !message.path("private").isBoolean()
        || !message.path("message_type").asText().equals("outgoing")) {
      return Reply.refused("a message needs content, private, and to be outgoing");
    }
    var entry =
        desks.add(
            conversation,
            message.path("private").asBoolean(),
            message.path("content").asText(),
            "");
    return Reply.ok("{\"id\": %s}".formatted(entry.id()));
  }
}
