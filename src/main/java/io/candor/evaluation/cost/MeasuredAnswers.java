package io.candor.evaluation.cost;

import io.candor.evaluation.Report;
import io.candor.evaluation.SuiteReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the answers of an evaluation took: its report keeps their words and times.
 *
 * @param answers that were said
 * @param tokens of one in the mean, four characters a token; markers are not counted
 * @param retrievalSeconds of the median one; NaN where the report has no times
 */
public record MeasuredAnswers(int answers, double tokens, double retrievalSeconds) {
  private static final String RETRIEVED = "retrieve";
  private static final double CHARACTERS = 4;
  private static final Pattern MARKER = Pattern.compile("\\s*\\[\\d+]");

  /** From the first of the report's suites that has answers with their times. */
  public static MeasuredAnswers of(Report report) {
    return report.suites().stream()
        .filter(suite -> suite.latency().containsKey(RETRIEVED))
        .findFirst()
        .map(MeasuredAnswers::of)
        .orElseThrow(() -> new IllegalArgumentException("the report has no answers with times"));
  }

  private static MeasuredAnswers of(SuiteReport suite) {
    var said =
        suite.results().stream()
            .map(result -> result.said() == null ? "" : result.said())
            .filter(words -> !words.isBlank())
            .toList();
    return new MeasuredAnswers(
        said.size(), tokens(said), suite.latency().get(RETRIEVED).p50() / 1_000);
  }

  private static double tokens(List<String> said) {
    return said.stream()
        .mapToDouble(words -> MARKER.matcher(words).replaceAll("").length() / CHARACTERS)
        .average()
        .orElse(Double.NaN);
  }

  /** In place of the assumed values; the answers' length is that of the approach they came from. */
  public Map<String, Double> values(String approach) {
    var values = new HashMap<String, Double>();
    values.put("machine.retrieval_seconds", retrievalSeconds);
    values.put("approaches.%s.answer_tokens".formatted(approach), tokens);
    values.values().removeIf(value -> value.isNaN());
    return values;
  }
}
