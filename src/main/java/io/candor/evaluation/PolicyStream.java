package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Dated changes of real policies, and questions about each, as the data folder's README describes
 * them.
 *
 * @param events in the order in which they happened
 * @param probes by the sequence number of the event that they ask about
 */
record PolicyStream(String name, List<Event> events, Map<Integer, List<Probe>> probes) {
  /** One change; previousPath is the old name of a renamed document, text the new one. */
  record Event(
      int sequence, Instant date, String op, String path, String previousPath, JsonNode document) {
    String title() {
      var title = document.path("title").asText("");
      return title.isBlank() ? path : title;
    }

    String text() {
      return document.path("text").asText();
    }
  }

  /** A sentence that an event replaced by another. */
  record Probe(String id, String question, String oldSentence, String newSentence) {}

  /** The files of each stream in order, by the stream's name. */
  static Map<String, List<Path>> find(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .filter(file -> !file.toString().endsWith(".probes.jsonl"))
          .sorted()
          .collect(
              Collectors.groupingBy(
                  file -> file.getFileName().toString().replaceFirst("(\\.part\\d+)?\\.jsonl$", ""),
                  TreeMap::new,
                  Collectors.toList()));
    }
  }

  static PolicyStream read(String name, List<Path> files) throws IOException {
    var events = new ArrayList<Event>();
    var probes = new HashMap<Integer, List<Probe>>();
    for (var file : files) {
      lines(file).forEach(line -> events.add(event(line)));
      var sibling = file.getFileName().toString().replaceFirst("\\.jsonl$", ".probes.jsonl");
      for (var line : lines(file.resolveSibling(sibling))) {
        var about = probes.computeIfAbsent(line.get("seq").asInt(), seq -> new ArrayList<>());
        about.add(probe(line));
      }
    }
    return new PolicyStream(name, events, probes);
  }

  private static Event event(JsonNode line) {
    return new Event(
        line.get("seq").asInt(),
        Instant.parse(line.get("date").asText()),
        line.get("op").asText(),
        line.get("path").asText(),
        line.path("prev_path").asText(),
        line);
  }

  private static Probe probe(JsonNode line) {
    return new Probe(
        line.get("probe").asText(),
        line.get("title").asText() + " " + line.get("cloze").asText(),
        line.get("old_sentence").asText(),
        line.get("new_sentence").asText());
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(file)) {
      nodes.add(ServerUnderTest.JSON.readTree(line));
    }
    return nodes;
  }

  List<Probe> about(Event event) {
    return probes.getOrDefault(event.sequence(), List.of());
  }
}
