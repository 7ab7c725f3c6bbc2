package io.candor.tuning.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Examples as JSON lines: {@code {"conversation": "id", "messages": [{"role", "content"}, …]}}. */
final class ExampleFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExampleFile() {}

  /** An example and its line, counted from 1. */
  record Line(int number, Example example) {}

  static List<Example> read(Path file) throws IOException {
    return lines(file).stream().map(Line::example).toList();
  }

  /**
   * All examples in their order; one without a conversation is one of its own.
   *
   * @throws InvalidSource where a line is not an example, named by file and line
   */
  static List<Line> lines(Path file) throws IOException {
    var read = new ArrayList<Line>();
    try (var lines = Utf8.reader(file)) {
      int number = 0;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          read.add(new Line(number, example(file, number, line)));
        }
      }
    } catch (CharacterCodingException e) {
      throw InvalidSource.notUtf8(file);
    }
    return List.copyOf(read);
  }

  static void write(Path file, List<Example> examples) throws IOException {
    var lines = examples.stream().map(ExampleFile::line).collect(Collectors.joining());
    Files.writeString(file, lines);
  }

  private static Example example(Path file, int number, String line) {
    try {
      var example = JSON.readValue(line, Example.class);
      return example.conversation().isEmpty()
          ? new Example(file.getFileName() + ":" + number, example.messages())
          : example;
    } catch (JsonProcessingException e) {
      throw new InvalidSource(file, number, reason(e));
    }
  }

  private static String reason(JsonProcessingException e) {
    return e.getCause() instanceof IllegalArgumentException cause
        ? cause.getMessage()
        : "not an example in JSON: " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static String line(Example example) {
    try {
      return JSON.writeValueAsString(example) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
