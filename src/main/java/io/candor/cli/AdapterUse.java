package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
}
