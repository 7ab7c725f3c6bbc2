package io.candor.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What figures are computed from: one question's scores by name.
 *
 * @param question kept where people may compare answers, else null
 * @param said the answer to it, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Scores(
    String id, List<String> tags, Map<String, Double> scores, String question, String said) {
  /** NaN where the question has no such score. */
  double get(String score) {
    var value = scores.get(score);
    return value == null ? Double.NaN : value;
  }
}
