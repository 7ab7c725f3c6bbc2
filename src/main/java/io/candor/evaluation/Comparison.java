package io.candor.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How one figure changed between two runs, over the questions that both asked. The noise band is a
 * paired bootstrap: questions are resampled with both of their results, so that how hard a question
 * is cancels out (Koehn 2004, Statistical Significance Tests for Machine Translation Evaluation).
 *
 * @param better whether more is better
 * @param questions that both runs asked
 * @param low the least change within the noise band
 * @param high the greatest
 */
public record Comparison(
    String figure,
    boolean better,
    int questions,
    double before,
    double after,
    double low,
    double high) {

  private record Pair(Scores before, Scores after) {}

  /**
   * The figures that the later report shows and both runs have.
   *
   * @param confidence the share of resampled changes that the noise band holds
   */
  public static List<Comparison> of(SuiteReport before, SuiteReport after, double confidence) {
    return of(SuiteReport.shown(after.suite()), before.results(), after.results(), confidence);
  }

  /** These figures, as far as both have them, over the questions that both have. */
  static List<Comparison> of(
      List<Figure> figures, List<Scores> before, List<Scores> after, double confidence) {
    Map<String, Scores> earlier = new HashMap<>();
    before.forEach(scores -> earlier.put(scores.id(), scores));
    var pairs =
        after.stream()
            .filter(scores -> earlier.containsKey(scores.id()))
            .map(scores -> new Pair(earlier.get(scores.id()), scores))
            .toList();
    return pairs.isEmpty()
        ? List.of()
        : figures.stream()
            .map(figure -> of(figure, pairs, confidence))
            .filter(Objects::nonNull)
            .toList();
  }

  private static Comparison of(Figure figure, List<Pair> pairs, double confidence) {
    double before = before(figure, pairs);
    double after = after(figure, pairs);
    if (Double.isNaN(before) || Double.isNaN(after)) {
      return null;
    }
    var band =
        Bootstrap.interval(
            pairs, confidence, sample -> after(figure, sample) - before(figure, sample));
    return new Comparison(
        figure.name(), figure.better(), pairs.size(), before, after, band.low(), band.high());
  }

  private static double before(Figure figure, List<Pair> pairs) {
    return figure.aggregate().over(pairs.stream().map(Pair::before).toList());
  }

  private static double after(Figure figure, List<Pair> pairs) {
    return figure.aggregate().over(pairs.stream().map(Pair::after).toList());
  }

  /** After minus before. */
  public double change() {
    return after - before;
  }

  /** Whether it changed for the worse by more than noise. */
  public boolean isWorse() {
    return better ? high < 0 : low > 0;
  }

  /** Whether it changed for the better by more than noise. */
  public boolean isBetter() {
    return better ? low > 0 : high < 0;
  }
}
