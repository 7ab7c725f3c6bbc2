package io.candor.helpdesk;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

final class SimulatedZendesk implements SimulatedVendor {
  private static final String AGENT = "900100200300400500";

  @Override
  public String name() {
    return "zendesk";
  }

  @Override
  public Map<String, String> account(String baseUrl) {
    return Map.of("base_url", baseUrl, "email", "bot@shop.example", "bot_id", AGENT);
  }

  @Override
  public String token() {
    return "zendesk-token";
  }

  @Override
  public String secret() {
    return "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";
  }

  @Override
  public HttpRequest message(String hook, Said said, String secret) {
    return comment(hook, said, secret, "20978392", false, true);
  }

  HttpRequest comment(
      String hook, Said said, String secret, String author, boolean staff, boolean open) {
    var now = Instant.now().toString();
    var body =
        """
        {"account_id": 22129848, "id": "01HZ%s", "subject": "zen:ticket:%s", "time": "%s",
         "type": "zen:event-type:ticket.comment_added", "zendesk_event_version": "2022-11-06",
         "detail": {"id": "%s", "status": "OPEN", "tags": ["vip"], "via": {"channel": "email"},
                    "requester_id": "20978392", "is_public": true},
         "event": {"comment": {"id": "%s", "body": "%s", "is_public": %s,
                               "author": {"id": "%s", "is_staff": %s, "name": "Somebody"}}}}
        """
            .formatted(
                said.id(),
                said.conversation(),
                now,
                said.conversation(),
                said.id(),
                said.text(),
                open,
                author,
                staff);
    return Signed.post(hook, body)
        .header("X-Zendesk-Webhook-Signature", Signed.base64(secret, now + body))
        .header("X-Zendesk-Webhook-Signature-Timestamp", now)
        .header("X-Zendesk-Webhook-Invocation-Id", "01F" + System.nanoTime())
        .build();
  }

  HttpRequest own(String hook, Said said) {
    return comment(hook, said, secret(), AGENT, true, true);
  }

  @Override
  public Reply handle(Call call, Desks desks) {
    var basic = "bot@shop.example/token:" + token();
    var expected =
        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
    boolean known = call.header("Authorization").equals(expected);
    if (call.path().equals("/api/v2/users/me.json")) {
      return Reply.ok("{\"user\": {\"id\": %s}}".formatted(known ? AGENT : "null"));
    }
    if (!known) {
      return Reply.UNAUTHORISED;
    }
    var parts = call.path().split("[/?]");
    var ticket = parts[4].replace(".json", "");
    if (!desks.has(ticket)) {
      return Reply.UNKNOWN;
    }
    if (call.method().equals("GET") && call.path().endsWith("/audits.json")) {
      return audits(desks, ticket);
    }
    return call.method().equals("PUT") && call.path().endsWith(".json")
        ? update(call, desks, ticket)
        : Reply.UNKNOWN;
  }

  private static Reply audits(Desks desks, String ticket) {
    var page = Simulator.JSON.createObjectNode();
    var audits = page.putArray("audits");
    for (var entry : desks.entries(ticket)) {
      audits
          .addObject()
          .put("id", Long.parseLong(entry.id()))
          .putObject("metadata")
          .putObject("custom")
          .put("candor", entry.key());
    }
    page.putNull("next_page");
    return Reply.ok(page);
  }

  private static Reply update(Call call, Desks desks, String id) {
    var ticket = call.body().path("ticket");
    if (!ticket.isObject()) {
      return Reply.refused("ticket is missing");
    }
    var comment = ticket.path("comment");
    if (comment.isObject()) {
      if (comment.path("body").asText().isBlank()
          || !comment.path("public").isBoolean()
          || !comment.path("author_id").asText().equals(AGENT)) {
        return Reply.refused("a comment needs a body, public, and an author");
      }
      desks.add(
          id,
          !comment.path("public").asBoolean(),
          comment.path("body").asText(),
          ticket.path("metadata").path("candor").asText());
    }
    if (ticket.has("status")) {
      if (!ticket.path("status").asText().matches("new|open|pending|hold|solved|closed")) {
        return Reply.refused("no such status");
      }
      desks.setStatus(id, ticket.path("status").asText());
    }
    return Reply.ok("{\"ticket\": {\"id\": %s}}".formatted(id));
  }
}
