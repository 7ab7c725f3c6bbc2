package io.candor.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What came of one question; a {@link Suite} makes it, {@link WorkFile} keeps it as a line.
 *
 * @param scores by name; {@code confidence} and {@code correct} give the risk/coverage curve
 * @param millis by stage
 * @param expected what a right answer holds, for people
 * @param said what was answered, for people
 * @param passages that were found or cited, best first
 * @param fault what is wrong with it; empty where it is right
 * @param error why there is no answer at all; null where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Result(
    String id,
    List<String> tags,
    String question,
    Map<String, Double> scores,
    Map<String, Double> millis,
    String expected,
    String said,
    List<Passage> passages,
    String fault,
    String error) {
  /** A passage as the report shows it. */
  public record Passage(String document, String title, String text, boolean relevant) {}

  private static final int PASSAGE_CHARACTERS = 600;

  static Result failed(Question question, String error) {
    return new Result(
        question.id(),
        question.tags(),
        question.text(),
        Map.of(),
        Map.of(),
        "",
        "",
        List.of(),
        "",
        error);
  }

  static Passage passage(String document, String title, String text, boolean relevant) {
    var shown =
        text.length() <= PASSAGE_CHARACTERS ? text : text.substring(0, PASSAGE_CHARACTERS) + "…";
    return new Passage(document, title, shown, relevant);
  }

  /** How sure the answer was; 0 where it does not say. */
  double confidence() {
    return scores.getOrDefault("confidence", 0.0);
  }

  /**
   * The scores without the texts.
   *
   * @param withAnswer whether to keep question and answer, for people to compare
   */
  Scores slim(boolean withAnswer) {
    return new Scores(id, tags, scores, withAnswer ? question : null, withAnswer ? said : null);
  }
}
