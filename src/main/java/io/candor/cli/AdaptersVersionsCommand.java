package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "versions",
    description =
        "Lists the adapters with the hashes of what they were made of, and the gate's verdict.",
    mixinStandardHelpOptions = true)
final class AdaptersVersionsCommand implements Callable<Integer> {
  private static final int SHORT_HASH = 12;

  @Override
  public Integer call() throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      System.out.printf(
          "%-30s %-20s %-12s %-12s %-12s %s%n",
          "name", "stored", "adapter", "base", "dataset", "gate");
      for (var adapter : client.get(AdaptersCommand.ADAPTERS).path("adapters")) {
        System.out.printf(
            "%-30s %-20.19s %-12s %-12s %-12s %s%n",
            adapter.path("name").asText(),
            adapter.path("recorded_at").asText(),
            hash(adapter, "sha256"),
            hash(adapter, "base"),
            hash(adapter, "dataset"),
            gate(adapter));
      }
    }
    return 0;
  }

  private static String hash(JsonNode adapter, String field) {
    var hash = adapter.path(field).asText("unknown");
    return hash.substring(0, Math.min(SHORT_HASH, hash.length()));
  }

  static String gate(JsonNode adapter) {
    return adapter.has("passed")
        ? adapter.path("passed").asBoolean() ? "passed" : "not passed"
        : "not seen";
  }
}
