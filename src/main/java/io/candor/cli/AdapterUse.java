package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;

/** An adapter as a command names it, like {@code brand} or {@code brand=0.7}. */
record AdapterUse(String name, float scale) {
  static AdapterUse of(String text) {
    var parts = text.split("=", 2);
    try {
      return new AdapterUse(parts[0], parts.length == 2 ? Float.parseFloat(parts[1]) : 1);
    } catch (NumberFormatException e) {
      throw new CommandFailure("The scale in '%s' is not a number.".formatted(text), e);
    }
  }

  static List<AdapterUse> all(List<String> texts) {
    return texts == null ? List.of() : texts.stream().map(AdapterUse::of).toList();
  }

  /** As the server tells them. */
  static List<AdapterUse> read(JsonNode list) {
    return list.valueStream()
        .map(use -> new AdapterUse(use.path("name").asText(), use.path("scale").floatValue()))
        .toList();
  }

  /** As requests name them. */
  static ArrayNode json(List<AdapterUse> uses) {
    var list = DocumentFile.JSON.createArrayNode();
    uses.forEach(use -> list.addObject().put("name", use.name()).put("scale", use.scale()));
    return list;
  }

  /** Fails for an adapter that the gate did not pass, and says what it lacks. */
  static void requireGated(CandorClient client, List<AdapterUse> uses)
      throws IOException, InterruptedException {
    for (var use : uses) {
      var adapter = client.get(AdaptersCommand.ADAPTERS + use.name());
      if (!adapter.path("passed").asBoolean()) {
        throw new CommandFailure(lack(use.name(), adapter));
      }
    }
  }

  private static String lack(String name, JsonNode adapter) {
    if (!adapter.has("passed")) {
      return "%s has not been through the gate: ./candor adapters gate %1$s, or --force."
          .formatted(name);
    }
    var failed =
        adapter
            .path("verdicts")
            .path(0)
            .path("lines")
            .valueStream()
            .filter(line -> !line.path("passed").asBoolean())
            .map(line -> line.path("figure").asText())
            .toList();
    return "%s did not pass the gate (%s): ./candor adapters show %1$s, or --force."
        .formatted(name, String.join(", ", failed));
  }
}
