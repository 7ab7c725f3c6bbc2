package io.candor.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile intervals from resampled questions (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 13). The seed is fixed: the same results have the same interval.
 */
final class Bootstrap {
  private static final int RESAMPLES = 1000;
  private static final long SEED = 20_261_122;

  /** What 95% of the resamples lie in; both NaN where the figure is undefined. */
  record Interval(double low, double high) {}

  private Bootstrap() {}

  static <T> Interval interval(List<T> results, ToDoubleFunction<List<T>> figure) {
    var random = new Random(SEED);
    var values =
        IntStream.range(0, RESAMPLES)
            .mapToDouble(i -> figure.applyAsDouble(resample(results, random)))
            .filter(value -> !Double.isNaN(value))
            .toArray();
    if (values.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    Arrays.sort(values);
    return new Interval(at(values, 0.025), at(values, 0.975));
  }

  private static <T> List<T> resample(List<T> results, Random random) {
    return random.ints(results.size(), 0, results.size()).mapToObj(results::get).toList();
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
