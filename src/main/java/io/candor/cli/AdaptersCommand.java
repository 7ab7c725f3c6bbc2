package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
    subcommands = {
      AdaptersExportCommand.class,
      AdaptersVersionsCommand.class,
      AdaptersShowCommand.class,
      AdaptersGateCommand.class,
      AdaptersPromoteCommand.class,
      AdaptersRollbackCommand.class,
      AdaptersHistoryCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class AdaptersCommand {
  static final String ADAPTERS = "/api/v1/adapters";
  static final String VOICE = "/api/v1/voice";

  /** Where an adapter is on the server, whatever it is called. */
  static String path(String name) {
    return ADAPTERS + "/" + CandorClient.encoded(name);
  }

  @Command(
      name = "list",
      description = "Lists the adapters and the voice.",
      mixinStandardHelpOptions = true)
  int list() throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      for (var adapter : client.get(ADAPTERS).path("adapters")) {
        System.out.println(line(adapter));
      }
      System.out.println("voice: " + voice(client.get(VOICE)));
    }
    return 0;
  }

  static String line(JsonNode adapter) {
    return "%-30s rank %-4d %4d weights %8.1f MB  %s"
        .formatted(
            adapter.path("name").asText(),
            adapter.path("rank").asInt(),
            adapter.path("weights").asInt(),
            adapter.path("bytes").asLong() / 1e6,
            adapter.path("sha256").asText());
  }

  static String voice(JsonNode voice) {
    var canary = voice.path("canary");
    var tried =
        canary.isObject()
            ? "; %s for %s of new conversations"
                .formatted(names(canary), canary.path("share").asText())
            : "";
    return names(voice) + tried;
  }

  private static String names(JsonNode voice) {
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
      description = {
        "Stores an adapter: over HTTP for the key's tenant, or in the database for a named one.",
        "A run.json beside the file, or named, says how it was trained."
      },
      mixinStandardHelpOptions = true)
  int importFile(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "FILE", description = "LoRA: GGUF, or a PEFT folder") Path given,
      @Option(names = "--run", paramLabel = "FILE", description = "the training's run.json")
          Path run,
      @Option(
              names = "--tenant",
              paramLabel = "NAME",
              description = "whose; needs the database as its owner")
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
    var trained = AdapterImport.run(run, file);
    if (tenant == null && base == null) {
      System.out.println(line(AdapterImport.send(name, file, trained)));
      return 0;
    }
    var owner =
        tenant == null
            ? ClientSettings.require(ClientSettings.find().tenant(), "CANDOR_TENANT")
            : tenant;
    try (var connection = OwnerConnection.open()) {
      var stored =
          AdapterAdministration.add(
              connection, owner, name, file, Optional.ofNullable(base), trained);
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
      var body = DocumentFile.JSON.createObjectNode();
      body.set("adapters", AdapterUse.json(AdapterUse.all(parts)));
      System.out.println(line(client.send("POST", path(name) + "/merge", body)));
    }
    return 0;
  }

  @Command(
      name = "activate",
      description = "Says answers with these adapters from now on; with none, as the base does.",
      mixinStandardHelpOptions = true)
  int activate(
      @Parameters(arity = "0..*", paramLabel = "ADAPTER[=SCALE]") List<String> adapters,
      @Option(names = "--force", description = "even those that did not pass the gate")
          boolean force)
      throws Exception {
    var uses = AdapterUse.all(adapters);
    try (var client = new CandorClient(ClientSettings.find())) {
      var body = DocumentFile.JSON.createObjectNode().put("force", force);
      body.set("adapters", AdapterUse.json(uses));
      System.out.println("voice: " + voice(client.send("PUT", VOICE, body)));
    }
    return 0;
  }

  @Command(
      name = "remove",
      description = "Removes an adapter that the voice does not use.",
      mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "NAME") String name) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      client.send("DELETE", path(name), null);
    }
    return 0;
  }
}
