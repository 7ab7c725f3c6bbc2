package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.helpdesk.wire.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "helpdesks",
    description = {
      "Administers the helpdesks that Candor answers in; see docs/helpdesks.md.%n",
      "Secrets are read from CANDOR_HELPDESK_TOKEN (the helpdesk's API token) and",
      "CANDOR_HELPDESK_SECRET (its signing secret, where it chooses one)."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class HelpdesksCommand {
  static final String HELPDESKS = "/api/v1/helpdesks";

  @Command(
      name = "key",
      description = "Prints a new key for candor.helpdesk.key.",
      mixinStandardHelpOptions = true)
  int key() {
    System.out.println(Vault.newKey());
    return 0;
  }

  @Command(name = "list", description = "Lists the channels.", mixinStandardHelpOptions = true)
  int list() throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var channels = client.get(HELPDESKS).path("helpdesks");
      channels.forEach(channel -> System.out.println(line(channel)));
      if (channels.isEmpty()) {
        System.out.println("No helpdesk is set up: see ./candor helpdesks set --help");
      }
    }
    return 0;
  }

  @Command(
      name = "set",
      description = "Creates a channel, or changes the one of that name.",
      mixinStandardHelpOptions = true)
  int set(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--helpdesk",
              paramLabel = "VENDOR",
              description = "zendesk, chatwoot, intercom, freshdesk or standard; for a new channel")
          String vendor,
      @Option(names = "--mode", description = "auto, draft or off (default of a new one: draft)")
          String mode,
      @Option(
              names = "--account",
              paramLabel = "KEY=VALUE",
              description = "a setting of the account; replaces all that were there")
          Map<String, String> account,
      @Option(
              names = "--settings",
              paramLabel = "FILE",
              description = "all settings as JSON: account, confidence, rules, business_hours, …")
          Path settings)
      throws Exception {
    ObjectNode body = DocumentFile.JSON.createObjectNode();
    put(body, "helpdesk", vendor);
    put(body, "mode", mode);
    put(body, "token", System.getenv("CANDOR_HELPDESK_TOKEN"));
    if (settings != null) {
      body.set("settings", DocumentFile.JSON.readTree(Files.readString(settings)));
    }
    if (account != null) {
      body.withObjectProperty("settings").set("account", DocumentFile.JSON.valueToTree(account));
    }
    try (var client = new CandorClient(ClientSettings.find())) {
      boolean isNew =
          client
              .get(HELPDESKS)
              .path("helpdesks")
              .valueStream()
              .noneMatch(channel -> channel.path("name").asText().equals(name));
      if (isNew) {
        put(body, "secret", System.getenv("CANDOR_HELPDESK_SECRET"));
      }
      print(client.send("PUT", HELPDESKS + "/" + name, body));
    }
    return 0;
  }

  @Command(
      name = "rotate",
      description = "Gives a channel a new signing secret; the old one is good for a day yet.",
      mixinStandardHelpOptions = true)
  int rotate(@Parameters(paramLabel = "NAME") String name) throws Exception {
    ObjectNode body = DocumentFile.JSON.createObjectNode();
    put(body, "secret", System.getenv("CANDOR_HELPDESK_SECRET"));
    try (var client = new CandorClient(ClientSettings.find())) {
      print(client.send("POST", HELPDESKS + "/" + name + "/secrets", body));
    }
    return 0;
  }

  @Command(
      name = "test",
      description = "Sends a test event through a channel; nobody is answered.",
      mixinStandardHelpOptions = true)
  int test(@Parameters(paramLabel = "NAME") String name) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var tested = client.send("POST", HELPDESKS + "/" + name + "/test", null);
      System.out.println(tested.path("result").asText());
      return tested.path("ok").asBoolean() ? 0 : 1;
    }
  }

  @Command(
      name = "log",
      description = "Shows the last deliveries of a channel and what came of them.",
      mixinStandardHelpOptions = true)
  int log(@Parameters(paramLabel = "NAME") String name) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      for (var one : client.get(HELPDESKS + "/" + name + "/deliveries").path("deliveries")) {
        System.out.printf(
            "%s  %s  %-8s  %-20s  %s%n",
            one.path("id").asText(),
            one.path("received_at").asText(),
            one.path("state").asText(),
            one.path("conversation").asText(),
            one.path("result").asText(""));
      }
    }
    return 0;
  }

  @Command(
      name = "retry",
      description = "Tries a failed delivery again, by its id in the log.",
      mixinStandardHelpOptions = true)
  int retry(
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Parameters(index = "1", paramLabel = "DELIVERY") String delivery)
      throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      client.send("POST", "%s/%s/deliveries/%s/retry".formatted(HELPDESKS, name, delivery), null);
    }
    return 0;
  }

  @Command(
      name = "give-back",
      description = "Lets the bot speak again in a conversation that a person had.",
      mixinStandardHelpOptions = true)
  int giveBack(
      @Parameters(index = "0", paramLabel = "NAME") String name,
      @Parameters(index = "1", paramLabel = "CONVERSATION") String conversation)
      throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var path = "%s/%s/conversations/%s/give-back".formatted(HELPDESKS, name, conversation);
      client.send("POST", path, null);
    }
    return 0;
  }

  @Command(name = "remove", description = "Removes a channel.", mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "NAME") String name) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      client.send("DELETE", HELPDESKS + "/" + name, null);
    }
    return 0;
  }

  /** What every channel says to a test event; for {@code ./candor doctor}. */
  static String check() throws Exception {
    int channels = 0;
    try (var client = new CandorClient(ClientSettings.find())) {
      for (var channel : client.get(HELPDESKS).path("helpdesks")) {
        var name = channel.path("name").asText();
        var tested = client.send("POST", HELPDESKS + "/" + name + "/test", null);
        DoctorCommand.require(
            tested.path("ok").asBoolean(),
            "channel %s: %s".formatted(name, tested.path("result").asText()));
        channels++;
      }
    } catch (CandorClient.Refusal e) {
      if (e.getMessage().contains("(503)")) {
        return "none: candor.helpdesk.key is not set";
      }
      throw new CommandFailure(e.getMessage(), e);
    }
    return channels == 0
        ? "none is set up"
        : "a test event went through each of %d channels".formatted(channels);
  }

  private static void put(ObjectNode body, String field, String value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  private static void print(JsonNode answer) {
    var channel = answer.has("channel") ? answer.path("channel") : answer;
    System.out.println(line(channel));
    if (answer.has("secret")) {
      System.out.println("secret: " + answer.path("secret").asText());
    }
  }

  private static String line(JsonNode channel) {
    return "%-20s %-10s %-6s %s"
        .formatted(
            channel.path("name").asText(),
            channel.path("helpdesk").asText(),
            channel.path("mode").asText(),
            channel.path("path").asText());
  }
}
