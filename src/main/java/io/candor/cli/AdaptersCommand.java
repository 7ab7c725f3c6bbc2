package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.serving.AdapterAdministration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "adapters",
    description = "Administers voice adapters: LoRA files in GGUF form.",
    subcommands = AdaptersExportCommand.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class AdaptersCommand {
  private static final String ADAPTERS = "/api/v1/adapters/";
  private static final String VOICE = "/api/v1/voice";

  @Command(
      name = "list",
      description = "Lists the adapters and the voice.",
      mixinStandardHelpOptions = true)
  int list() throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      for (var adapter : client.get("/api/v1/adapters").path("adapters")) {
        System.out.println(line(adapter));
      }
      System.out.println("voice: " + voice(client.get(VOICE)));
    }
    return 0;
  }

  private static String line(JsonNode adapter) {
    return "%-30s rank %-4d %4d weights %8.1f MB  %s"
        .formatted(
            adapter.path("name").asText(),
            adapter.path("rank").asInt(),
            adapter.path("weights").asInt(),
            adapter.path("bytes").asLong() / 1e6,
            adapter.path("sha256").asText());
  }

  private static String voice(JsonNode voice) {
    var uses =
        voice
            .path("adapters")
            .valueStream()
            .map(use -> use.path("name").asText() + "=" + use.path("scale").asText())
            .toList();
    return uses.isEmpty() ? "the base model's own" : String.join(" ", uses);
  }

  @Command(
      name = "import",
      description = "Stores an adapter; needs the database as its owner.",
      mixinStandardHelpOptions = true)
  int importFile(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "FILE", description = "LoRA: GGUF, or a PEFT folder") Path given,
      @Option(names = "--tenant", paramLabel = "NAME", description = "whose (default: the demo's)")
          String tenant,
      @Option(
              names = "--base",
              paramLabel = "FILE",
              description =
                  "the base model, to see that they fit (default: seen on activation;"
                      + " for a PEFT folder the installed model)")
          Path base)
      throws Exception {
    var file = AdapterSource.gguf(name, given, base);
    var owner =
        tenant == null
            ? ClientSettings.require(ClientSettings.find().tenant(), "CANDOR_TENANT")
            : tenant;
    try (var connection = OwnerConnection.open()) {
      var stored =
          AdapterAdministration.add(connection, owner, name, file, Optional.ofNullable(base));
      System.out.printf(
          "%s: rank %d, %d weights, sha256 %s%n",
          stored.name(), stored.rank(), stored.weights(), stored.sha256());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    return 0;
  }

  @Command(
      name = "merge",
      description = "Makes one adapter of several.",
      mixinStandardHelpOptions = true)
  int merge(
      @Parameters(index = "0", paramLabel = "NAME", description = "of the new one") String name,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "ADAPTER[=SCALE]",
              description = "what it is made of")
          List<String> parts)
      throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      System.out.println(line(client.send("POST", ADAPTERS + name + "/merge", uses(parts))));
    }
    return 0;
  }

  @Command(
      name = "activate",
      description = "Says answers with these adapters from now on; with none, as the base does.",
      mixinStandardHelpOptions = true)
  int activate(@Parameters(arity = "0..*", paramLabel = "ADAPTER[=SCALE]") List<String> adapters)
      throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var uses = uses(adapters == null ? List.of() : adapters);
      System.out.println("voice: " + voice(client.send("PUT", VOICE, uses)));
    }
    return 0;
  }

  @Command(
      name = "remove",
      description = "Removes an adapter that the voice does not use.",
      mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "NAME") String name) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      client.send("DELETE", ADAPTERS + name, null);
    }
    return 0;
  }

  private static ObjectNode uses(List<String> adapters) {
    var body = DocumentFile.JSON.createObjectNode();
    var list = body.putArray("adapters");
    for (var adapter : adapters) {
      var parts = adapter.split("=", 2);
      var use = list.addObject().put("name", parts[0]);
      if (parts.length == 2) {
        use.put("scale", scale(adapter, parts[1]));
      }
    }
    return body;
  }

  private static float scale(String adapter, String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new CommandFailure("The scale in '%s' is not a number.".formatted(adapter), e);
    }
  }
}
