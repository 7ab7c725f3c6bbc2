package io.candor.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** Reads server-sent events line by line, as the HTML standard defines them. */
final class EventStream {
  private final BiConsumer<String, JsonNode> events;
  private final StringBuilder data = new StringBuilder();
  private String name = "message";

  EventStream(BiConsumer<String, JsonNode> events) {
    this.events = events;
  }

  void line(String line) {
    if (line.isEmpty()) {
      dispatch();
    } else if (line.startsWith("event:")) {
      name = line.substring("event:".length()).strip();
    } else if (line.startsWith("data:")) {
      data.append(line.substring("data:".length()).strip()).append('\n');
    }
  }

  private void dispatch() {
    if (!data.isEmpty()) {
      try {
        events.accept(name, DocumentFile.JSON.readTree(data.toString()));
      } catch (JsonProcessingException e) {
        throw new CommandFailure("The server sent what is not JSON: " + data, e);
      }
    }
    data.setLength(0);
    name = "message";
  }
}
