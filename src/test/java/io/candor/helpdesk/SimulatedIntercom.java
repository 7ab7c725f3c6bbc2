package io.candor.helpdesk;

import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;

final class SimulatedIntercom implements SimulatedVendor {
  private static final String ADMIN = "814860";

  @Override
  public String name() {
    return "intercom";
  }

  @Override
  public Map<String, String> account(String baseUrl) {
    return Map.of("base_url", baseUrl, "bot_id", ADMIN, "team", "2400");
  }

  @Override
  public String token() {
    return "intercom-token";
  }

  @Override
  public String secret() {
    return "intercom-client-secret";
  }

  @Override
  public HttpRequest message(String hook, Said said, String secret) {
    return notify(
        hook,
        secret,
        """
        {"type": "notification_event", "app_id": "ab12", "id": "notif_%s", "created_at": %d,
         "topic": "conversation.user.replied", "delivery_attempts": 1, "data": {"item": {
         "type": "conversation", "id": "%s", "source": {"type": "conversation", "id": "1"},
         "tags": {"type": "tag.list", "tags": [{"name": "vip"}]},
         "conversation_parts": {"conversation_parts": [{"type": "conversation_part", "id": "%s",
            "part_type": "comment", "body": "<p>%s</p>", "author": {"type": "user", "id": "5f"}}]}}}}
        """
            .formatted(
                said.id(),
                Instant.now().getEpochSecond(),
                said.conversation(),
                said.id(),
                said.text()));
  }

  HttpRequest notify(String hook, String secret, String body) {
    return Signed.post(hook, body)
        .header("X-Hub-Signature", "sha1=" + Signed.hex("HmacSHA1", secret, body))
        .build();
  }

  @Override
  public Reply handle(Call call, Desks desks) {
    if (!call.header("Authorization").equals("Bearer " + token())) {
      return Reply.UNAUTHORISED;
    }
    if (!call.header("Intercom-Version").matches("\\d+\\.\\d+")) {
      return Reply.refused("Intercom-Version is missing");
    }
    if (call.path().equals("/me")) {
      return Reply.ok("{\"type\": \"admin\", \"id\": \"%s\"}".formatted(ADMIN));
    }
    var parts = call.path().split("/");
    if (parts.length < 3 || !parts[1].equals("conversations") || !desks.has(parts[2])) {
      return Reply.UNKNOWN;
    }
    return switch (call.method() + " " + (parts.length == 4 ? parts[3] : "")) {
      case "GET " -> conversation(desks, parts[2]);
      case "POST reply" -> reply(call, desks, parts[2]);
      case "POST parts" -> part(call, desks, parts[2]);
      default -> Reply.UNKNOWN;
    };
  }

  private static Reply conversation(Desks desks, String id) {
    var answer = Simulator.JSON.createObjectNode();
    var parts = answer.putObject("conversation_parts").putArray("conversation_parts");
    for (var entry : desks.entries(id)) {
      var part =
          parts
              .addObject()
              .put("id", entry.id())
              .put("part_type", entry.note() ? "note" : "comment")
              .put("body", entry.text())
              .put("created_at", entry.at().getEpochSecond());
      part.putObject("author").put("type", "admin").put("id", ADMIN);
    }
    return Reply.ok(answer);
  }

  private static Reply reply(Call call, Desks desks, String id) {
    var reply = call.body();
    var type = reply.path("message_type").asText();
    if (!type.matches("comment|note")
        || !reply.path("type").asText().equals("admin")
        || !reply.path("admin_id").asText().equals(ADMIN)
        || reply.path("body").asText().isBlank()) {
      return Reply.refused("a reply needs message_type, type, admin_id and body");
    }
    desks.add(id, type.equals("note"), reply.path("body").asText(), "");
    return conversation(desks, id);
  }

  private static Reply part(Call call, Desks desks, String id) {
    var type = call.body().path("message_type").asText();
    if (!type.matches("assignment|open|close|snoozed")
        || type.equals("assignment") && call.body().path("assignee_id").asText().isEmpty()) {
      return Reply.refused("no such part");
    }
    desks.setStatus(id, "open");
    return conversation(desks, id);
  }
}
