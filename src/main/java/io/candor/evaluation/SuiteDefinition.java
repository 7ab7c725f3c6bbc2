package io.candor.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a suite is, as its YAML file says. {@link Suites} reads it; {@code docs/evaluating.md} says
 * how to write one.
 *
 * @param name what the command line calls it
 * @param title for people
 * @param kind what is done with a question
 * @param format how the data are read; {@code jsonl} is the suites' own
 * @param data a file or folder below the evaluation data, or beside the definition
 * @param demo whether the demo company is asked, with its own documents
 * @param isolated whether it measures that tenants are kept apart, and so needs several
 * @param results how many results a search asks for
 * @param headline the figure that comes first and orders the worst cases
 * @param figures those shown; all, where none is named
 * @param targets what the figures should reach
 * @param published what others reached on the same data
 */
public record SuiteDefinition(
    String name,
    String title,
    Kind kind,
    String format,
    String data,
    boolean demo,
    boolean isolated,
    int results,
    String headline,
    List<String> figures,
    Map<String, Double> targets,
    List<Published> published) {
  /** What is done with a question, and what its answer is graded by. */
  public enum Kind {
    @JsonProperty("retrieval")
    RETRIEVAL,
    @JsonProperty("answers")
    ANSWERS,
    @JsonProperty("dialogues")
    DIALOGUES,
    @JsonProperty("abstaining")
    ABSTAINING,
    @JsonProperty("caching")
    CACHING,
    @JsonProperty("screening")
    SCREENING,
    @JsonProperty("voice")
    VOICE,
    @JsonProperty("policy-stream")
    POLICY_STREAM;

    /** Whether something is said, so that people may compare what it says. */
    boolean hasAnswers() {
      return this == ANSWERS || this == DIALOGUES || this == VOICE;
    }
  }

  /** A figure that somebody else published for these data. */
  public record Published(String system, String figure, double value, String source) {}

  private static final YAMLMapper YAML =
      YAMLMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final int USUAL_RESULTS = 10;
  private static final int MOST_RESULTS = 100;

  public SuiteDefinition {
    if (name == null || !name.matches("[a-z0-9][a-z0-9-]{0,30}")) {
      throw new IllegalArgumentException(
          "a suite's name has lower case letters, digits and dashes, not '%s'".formatted(name));
    }
    Objects.requireNonNull(kind, () -> name + " says no kind");
    Objects.requireNonNull(headline, () -> name + " says no headline");
    title = title == null ? name : title;
    format = format == null ? "jsonl" : format;
    data = data == null ? name : data;
    results = results == 0 ? USUAL_RESULTS : results;
    if (results < 1 || results > MOST_RESULTS) {
      throw new IllegalArgumentException(
          "%s asks for %d results: 1 to %d".formatted(name, results, MOST_RESULTS));
    }
    figures = figures == null ? List.of() : List.copyOf(figures);
    targets = targets == null ? Map.of() : Map.copyOf(targets);
    published = published == null ? List.of() : List.copyOf(published);
  }

  static SuiteDefinition read(InputStream yaml) throws IOException {
    return YAML.readValue(yaml, SuiteDefinition.class);
  }
}
