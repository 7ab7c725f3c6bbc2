package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Dated changes of real policies, and questions about each, as the data folder's README describes
 * them.
 *
 * @param files of the events, in their order
 */
record PolicyStream(String name, List<Path> files) {
  /** One change; previousPath is the old name of a renamed document. */
  record Event(
      int sequence,
      Instant date,
      String op,
      String path,
      String previousPath,
      String title,
      String text) {
    static Event of(JsonNode line) {
      var path = line.get("path").asText();
      var title = line.path("title").asText("");
      return new Event(
          line.get("seq").asInt(),
          Instant.parse(line.get("date").asText()),
          line.get("op").asText(),
          path,
          line.path("prev_path").asText(),
          title.isBlank() ? path : title,
          line.path("text").asText());
    }
  }

  /** The streams of a folder, by name. */
  static Map<String, PolicyStream> find(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      var byName =
          files
              .filter(file -> file.toString().endsWith(".jsonl"))
              .filter(file -> !file.toString().endsWith(".probes.jsonl"))
              .sorted()
              .collect(
                  Collectors.groupingBy(PolicyStream::name, TreeMap::new, Collectors.toList()));
      var streams = new TreeMap<String, PolicyStream>();
      byName.forEach((name, parts) -> streams.put(name, new PolicyStream(name, parts)));
      return streams;
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("(\\.part\\d+)?\\.jsonl$", "");
  }

  /** In the order in which they happened; read while they are taken. */
  Stream<Event> events() {
    // concat, for the iterator of a flatMap reads a whole file ahead
    return files.stream()
        .map(PolicyStream::lines)
        .reduce(Stream.empty(), Stream::concat)
        .map(Event::of);
  }

  /** About sentences that an event replaced by others, in the events' order. */
  Stream<Question> probes() {
    return files.stream()
        .map(file ->
            file.resolveSibling(
                file.getFileName().toString().replaceFirst("\\.jsonl$", ".probes.jsonl")))
        .flatMap(PolicyStream::lines)
        .sorted(Comparator.comparingInt(line -> line.get("seq").asInt()))
        .map(line ->
            Question.of(
                "%s-%d-%s".formatted(name, line.get("seq").asInt(), line.get("probe").asText()),
                "",
                line.get("title").asText() + " " + line.get("cloze").asText(),
                line,
                name));
  }

  private static Stream<JsonNode> lines(Path file) {
    try {
      return JsonData.stream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
