package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The examples of the demo company's voice say what its documents say. */
class VoiceDataTest {
  private static final Path DOCUMENTS = Path.of("src/main/resources/demo/documents");
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d.,:]*\\d|\\d");

  private static List<Question> questions() throws IOException {
    return YamlDataset.ofDemo("voice").questions().toList();
  }

  /** Without Markdown's marks, in one line. */
  private static String plain(String markdown) {
    return markdown
        .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
        .replace("*", "")
        .replaceAll("\\s+", " ");
  }

  private static Set<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(n -> n.group()).collect(Collectors.toSet());
  }

  @Test
  void everyFactIsInTheDocuments() throws IOException {
    String documents;
    try (var files = Files.walk(DOCUMENTS)) {
      documents =
          files
              .filter(Files::isRegularFile)
              .map(VoiceDataTest::read)
              .map(VoiceDataTest::plain)
              .collect(Collectors.joining("\n"));
    }
    for (var question : questions()) {
      for (var fact : question.expected("facts")) {
        // a row's cells come after their columns' names, an item after its list's heading
        for (var part : documents.contains(fact) ? List.of(fact) : List.of(fact.split("[;:] "))) {
          assertTrue(documents.contains(part), question.id() + ": " + part);
        }
      }
    }
  }

  @Test
  void bothRepliesUseEveryFactAndChangeNoNumber() throws IOException {
    for (var question : questions()) {
      var facts = question.expected("facts");
      var all = IntStream.rangeClosed(1, facts.size()).boxed().collect(Collectors.toSet());
      for (var kind : List.of(VoiceSuite.REFERENCE, VoiceSuite.PLAIN)) {
        var reply = MarkedReply.of(question.expect().path(kind).asText());
        var cited = new HashSet<Integer>();
        reply.sentences().forEach(sentence -> cited.addAll(sentence.citations()));
        assertEquals(all, cited, question.id() + " " + kind);
        assertEquals(
            numbers(String.join(" ", facts)), numbers(reply.text()), question.id() + " " + kind);
      }
    }
  }

  @Test
  void theVoiceIsToldFromPlainRepliesThatWereNotLearntFrom() throws IOException {
    var data = YamlDataset.ofDemo("voice");
    var style = VoiceStyle.of(data);
    double right = 0;
    var questions = questions();
    for (var question : questions) {
      var brand = MarkedReply.of(question.expect().path(VoiceSuite.REFERENCE).asText());
      var plain = MarkedReply.of(question.expect().path(VoiceSuite.PLAIN).asText());
      right += style.of(question, brand.texts()) > 0.5 ? 0.5 : 0;
      right += style.of(question, plain.texts()) < 0.5 ? 0.5 : 0;
    }
    assertTrue(right / questions.size() > 0.9, right + " of " + questions.size());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
