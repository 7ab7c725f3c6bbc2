package io.candor.evaluation;

import java.util.List;

/**
 * The spread of a measured time.
 *
 * @param count measurements
 * @param p50 median, in milliseconds
 * @param p95 in milliseconds
 * @param p99 in milliseconds
 * @param max in milliseconds
 */
public record Quantiles(int count, double p50, double p95, double p99, double max) {
  /** Of measurements in milliseconds, by the nearest-rank method. */
  static Quantiles of(List<Double> millis) {
    if (millis.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    var sorted = millis.stream().sorted().toList();
    return new Quantiles(
        sorted.size(), at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), sorted.getLast());
  }

  /** The middle one; of an even number, the upper of the two. */
  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  @Override
  public String toString() {
    return "p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, max %.0f ms (%d)"
        .formatted(p50, p95, p99, max, count);
  }
}
