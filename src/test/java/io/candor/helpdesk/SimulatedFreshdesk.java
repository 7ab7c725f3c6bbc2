package io.candor.helpdesk;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

final class SimulatedFreshdesk implements SimulatedVendor {
  @Override
  public String name() {
    return "freshdesk";
  }

  @Override
  public Map<String, String> account(String baseUrl) {
    return Map.of("base_url", baseUrl, "group", "52000");
  }

  @Override
  public String token() {
    return "freshdesk-key";
  }

  @Override
  public String secret() {
    return "freshdesk-secret-of-ours";
  }

  @Override
  public HttpRequest message(String hook, Said said, String secret) {
    var body =
        """
        {"event": "message", "ticket_id": "%s", "text": "<div>%s</div>", "tags": "vip, web",
         "source": "Email", "updated_at": "%s"}
        """
            .formatted(said.conversation(), said.text(), said.id());
    return Signed.post(hook + "?token=" + secret, body).build();
  }

  @Override
  public Reply handle(Call call, Desks desks) {
    var basic = (token() + ":X").getBytes(StandardCharsets.UTF_8);
    if (!call.header("Authorization")
        .equals("Basic " + Base64.getEncoder().encodeToString(basic))) {
      return Reply.UNAUTHORISED;
    }
    if (call.path().equals("/api/v2/agents/me")) {
      return Reply.ok("{\"id\": 1}");
    }
    var parts = call.path().split("[/?]");
    if (parts.length < 5 || !parts[3].equals("tickets") || !desks.has(parts[4])) {
      return Reply.UNKNOWN;
    }
    return switch (call.method() + " " + (parts.length > 5 ? parts[5] : "")) {
      case "GET conversations" -> conversations(desks, parts[4]);
      case "POST reply" -> add(call, desks, parts[4], false);
      case "POST notes" -> add(call, desks, parts[4], true);
      case "PUT " -> {
        if (!call.body().path("status").isInt()) {
          yield Reply.refused("status is a number");
        }
        desks.setStatus(parts[4], "open");
        yield Reply.ok("{\"id\": 1}");
      }
      default -> Reply.UNKNOWN;
    };
  }

  private static Reply conversations(Desks desks, String ticket) {
    var answer = Simulator.JSON.createArrayNode();
    for (var entry : desks.entries(ticket)) {
      answer
          .addObject()
          .put("id", Long.parseLong(entry.id()))
          .put("body", entry.text())
          .put("incoming", false)
          .put("private", entry.note())
          .put("created_at", entry.at().toString());
    }
    return Reply.ok(answer);
  }

  private static Reply add(Call call, Desks desks, String ticket, boolean note) {
    if (call.body().path("body").asText().isBlank()
        || note && !call.body().path("private").isBoolean()) {
      return new Reply(400, "{\"description\": \"Validation failed\"}");
    }
    desks.add(ticket, note, call.body().path("body").asText(), "");
    return new Reply(201, "{\"id\": 1, \"at\": \"%s\"}".formatted(Instant.now()));
  }
}
