package io.candor.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A number about all results of a suite, computed from their scores; {@link SuiteReport} gives it
 * an interval by computing it over resampled results.
 *
 * @param better whether more is better
 */
record Figure(String name, boolean better, Aggregate aggregate) {
  static final String TOKENS = " tokens";
  static final String LOG_PROBABILITY = " log-probability";

  /** From scores to a number; NaN where none of the results has what it needs. */
  interface Aggregate {
    double over(List<Scores> results);
  }

  /** The mean of a score over the results that have it. */
  static Figure mean(String score) {
    return new Figure(score, true, results -> scores(results, score).average().orElse(Double.NaN));
  }

  /** The middle of a score over the results that have it. */
  static Figure median(String score) {
    return new Figure(
        score,
        true,
        results -> {
          var values = scores(results, score).sorted().toArray();
          return values.length == 0 ? Double.NaN : values[values.length / 2];
        });
  }

  /** The sum of a score that should be 0; NaN where no result has it. */
  static Figure sumToLower(String score) {
    return new Figure(
        score,
        false,
        results -> {
          var summary = scores(results, score).summaryStatistics();
          return summary.getCount() == 0 ? Double.NaN : summary.getSum();
        });
  }

  static List<Figure> means(String... scores) {
    return Arrays.stream(scores).map(Figure::mean).toList();
  }

  /** The sum of one score over the sum of another: a share of counted things, not of questions. */
  static Figure ratio(String name, String part, String whole) {
    return new Figure(name, true, results -> sum(results, part) / sum(results, whole));
  }

  /**
   * How surprised the model is by each token: {@code exp} of the negated mean log-probability over
   * all tokens of all results.
   *
   * @param whose the prefix of the scores {@link #TOKENS} and {@link #LOG_PROBABILITY}
   */
  static Figure perplexity(String name, String whose) {
    return new Figure(
        name,
        false,
        results -> Math.exp(-sum(results, whose + LOG_PROBABILITY) / sum(results, whose + TOKENS)));
  }

  /** The same figure, where less is better. */
  Figure toLower() {
    return new Figure(name, false, aggregate);
  }

  /** The harmonic mean of precision found/said and recall found/wanted, over summed counts. */
  static Figure f1(String name, String found, String said, String wanted) {
    return new Figure(
        name,
        true,
        results -> 2 * sum(results, found) / (sum(results, said) + sum(results, wanted)));
  }

  static DoubleStream scores(List<Scores> results, String score) {
    return results.stream()
        .mapToDouble(result -> result.get(score))
        .filter(value -> !Double.isNaN(value));
  }

  private static double sum(List<Scores> results, String score) {
    return scores(results, score).sum();
  }
}
