package io.candor.tuning.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What became of the replies; made by {@link Preparation}, written beside the dataset as JSON and
 * as a page.
 *
 * @param read how many questions with answers the sources have
 * @param dropped those that are not in the dataset, by reason
 * @param removed sentences of the others that are not
 * @param warnings what an operator should think about before training
 */
public record PreparationReport(
    int read,
    int trainExamples,
    int validationExamples,
    int conversations,
    @JsonProperty("sha256") String sha256,
    Map<String, Tally.Found> dropped,
    Map<String, Tally.Found> removed,
    Lengths promptTokens,
    Lengths answerTokens,
    List<String> warnings) {
  private static final int FEW = 1_000;
  private static final int FEW_TO_VALIDATE = 30;
  private static final double MANY_LEAKED = 0.3;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** How long texts are: the shortest, the median, that of 95% and the longest. */
  public record Lengths(int least, int median, int most95, int most) {
    static Lengths of(Stream<String> texts, Tools.Tokens tokens) {
      var sorted = texts.mapToInt(tokens::of).sorted().toArray();
      return new Lengths(
          sorted[0],
          sorted[sorted.length / 2],
          sorted[(int) (sorted.length * 0.95)],
          sorted[sorted.length - 1]);
    }
  }

  static PreparationReport of(int read, Dataset dataset, Tally tally, Tools.Tokens tokens) {
    var examples = Stream.concat(dataset.train().stream(), dataset.validation().stream()).toList();
    var prompts =
        examples.stream()
            .map(example ->
                String.join("\n", example.prompt().stream().map(Message::content).toList()));
    return new PreparationReport(
        read,
        dataset.train().size(),
        dataset.validation().size(),
        (int) examples.stream().map(Example::conversation).distinct().count(),
        dataset.sha256(),
        named(tally.dropped()),
        named(tally.removed()),
        Lengths.of(prompts, tokens),
        Lengths.of(examples.stream().map(Example::answer), tokens),
        warnings(dataset, read, tally));
  }

  /** Writes {@code report.json} and {@code report.html}. */
  void write(Path folder) throws IOException {
    JSON.writeValue(folder.resolve("report.json").toFile(), this);
    Files.writeString(folder.resolve("report.html"), new PreparationPage(this).html());
  }

  private static Map<String, Tally.Found> named(Map<Reason, Tally.Found> found) {
    var named = new LinkedHashMap<String, Tally.Found>();
    found.forEach((reason, what) -> named.put(reason.label(), what));
    return named;
  }

  private static List<String> warnings(Dataset dataset, int read, Tally tally) {
    var warnings = new ArrayList<String>();
    int examples = dataset.train().size() + dataset.validation().size();
    if (examples < FEW) {
      warnings.add("%,d examples are few: a voice wants %,d or more".formatted(examples, FEW));
    }
    if (dataset.validation().size() < FEW_TO_VALIDATE) {
      warnings.add(
          "%d examples to validate on are too few to tell when to stop"
              .formatted(dataset.validation().size()));
    }
    var leaked = tally.dropped().get(Reason.LEAKED);
    if (leaked != null && leaked.count() > MANY_LEAKED * read) {
      warnings.add(
          "%,d of %,d replies say what no policy says: load the policies that they rest on, or look at them"
              .formatted(leaked.count(), read));
    }
    return List.copyOf(warnings);
  }
}
