package io.candor.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts with marked personal data, as the suites read them, for tests of the detector alone. */
public final class PiiCorpus {
  /** What the corpus marks: its own label and the range in the text. */
  public record Marked(String label, int start, int end) {}

  /** A text and the personal data marked in it. */
  public record Example(String text, List<Marked> marked) {}

  private PiiCorpus() {}

  /** A domain's part, which no suite asks about. */
  public static List<Example> multidogo(Path folder, String domain, String part)
      throws IOException {
    try (var turns = new MultiDogo(folder.resolve("multidogo")).turns(domain, part)) {
      return examples(turns);
    }
  }

  /** Presidio's synthetic texts with an even or an odd number. */
  public static List<Example> presidio(Path folder, int parity) throws IOException {
    var texts = new PresidioTexts(folder.resolve("pii-presidio")).questions().toList();
    return examples(
        IntStream.range(0, texts.size()).filter(i -> i % 2 == parity).mapToObj(texts::get));
  }

  private static List<Example> examples(Stream<Question> questions) {
    return questions.map(PiiCorpus::example).toList();
  }

  private static Example example(Question question) {
    var marked =
        question
            .expect()
            .path("spans")
            .valueStream()
            .map(span ->
                new Marked(
                    span.path("label").asText(),
                    span.path("start").asInt(),
                    span.path("end").asInt()))
            .toList();
    return new Example(question.text(), marked);
  }
}
