package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "webhooks",
    description = "Administers webhooks: what happens is sent to addresses of yours, signed.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class WebhooksCommand {
  private static final String WEBHOOKS = "/api/v1/webhooks";

  @Command(name = "list", description = "Lists the webhooks.", mixinStandardHelpOptions = true)
  int list() throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var webhooks = client.get(WEBHOOKS).path("webhooks");
      webhooks.forEach(WebhooksCommand::print);
      if (webhooks.isEmpty()) {
        System.out.println("There is no webhook: see ./candor webhooks create --help");
      }
    }
    return 0;
  }

  @Command(
      name = "create",
      description = "Creates a webhook and prints its secret, the only time it can be read.",
      mixinStandardHelpOptions = true)
  int create(
      @Parameters(paramLabel = "URL") String url,
      @Option(
              names = "--type",
              paramLabel = "TYPE",
              description = "an event to send, may be repeated (default: all)")
          List<String> types)
      throws Exception {
    ObjectNode body = DocumentFile.JSON.createObjectNode().put("url", url);
    if (types != null) {
      types.forEach(body.putArray("types")::add);
    }
    return send("POST", "", body);
  }

  @Command(
      name = "rotate",
      description = "Gives a webhook a new secret; messages are signed with both for a day.",
      mixinStandardHelpOptions = true)
  int rotate(@Parameters(paramLabel = "ID") String id) throws Exception {
    return send("POST", "/" + id + "/secrets", null);
  }

  @Command(
      name = "enable",
      description = "Sends again to a webhook that was disabled.",
      mixinStandardHelpOptions = true)
  int enable(@Parameters(paramLabel = "ID") String id) throws Exception {
    return send("POST", "/" + id + "/enable", null);
  }

  @Command(
      name = "log",
      description = "Shows the last messages of a webhook and what came back.",
      mixinStandardHelpOptions = true)
  int log(@Parameters(paramLabel = "ID") String id) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      for (var one : client.get(WEBHOOKS + "/" + id + "/deliveries").path("deliveries")) {
        System.out.printf(
            "%s  %-24s %-10s %2d attempts  %s %s%n",
            one.path("message").asText(),
            one.path("type").asText(),
            one.path("state").asText(),
            one.path("attempts").asInt(),
            one.path("status").asText(""),
            one.path("reason").asText(""));
      }
    }
    return 0;
  }

  @Command(
      name = "replay",
      description = "Sends a message to a webhook again.",
      mixinStandardHelpOptions = true)
  int replay(
      @Parameters(index = "0", paramLabel = "ID") String id,
      @Parameters(index = "1", paramLabel = "MESSAGE") String message)
      throws Exception {
    return send("POST", "/%s/deliveries/%s/replay".formatted(id, message), null);
  }

  @Command(name = "remove", description = "Removes a webhook.", mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "ID") String id) throws Exception {
    return send("DELETE", "/" + id, null);
  }

  private static int send(String method, String path, ObjectNode body) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var answer = client.send(method, WEBHOOKS + path, body);
      if (answer.has("id")) {
        print(answer);
      }
    }
    return 0;
  }

  private static void print(JsonNode webhook) {
    System.out.printf(
        "%s  %s  %s%s%n",
        webhook.path("id").asText(),
        webhook.path("url").asText(),
        webhook.path("types"),
        webhook.hasNonNull("disabled") ? "  disabled: " + webhook.path("disabled").asText() : "");
    if (webhook.hasNonNull("secret")) {
      System.out.println("secret: " + webhook.path("secret").asText());
    }
  }
}
