package io.candor.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile intervals from resampled questions (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 13). The seed is fixed: the same results have the same interval.
 */
final class Bootstrap {
  private static final int RESAMPLES = 1000;
  private static final long SEED = 20_261_122;

  /** What that share of the resamples lies in; both NaN where the figure is undefined. */
  record Interval(double low, double high) {}

  private Bootstrap() {}

  /**
   * @param confidence the share of resamples inside, such as .95
   */
  static <T> Interval interval(
      List<T> results, double confidence, ToDoubleFunction<List<T>> figure) {
    var random = new SplittableRandom(SEED);
    var values =
        IntStream.range(0, RESAMPLES)
            .mapToDouble(i -> figure.applyAsDouble(resample(results, random)))
            .filter(value -> !Double.isNaN(value))
            .toArray();
    if (values.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    Arrays.sort(values);
    double tail = (1 - confidence) / 2;
    return new Interval(at(values, tail), at(values, 1 - tail));
  }

  private static <T> List<T> resample(List<T> results, SplittableRandom random) {
    var sample = new ArrayList<T>(results.size());
    for (int i = 0; i < results.size(); i++) {
      sample.add(results.get(random.nextInt(results.size())));
    }
    return sample;
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
