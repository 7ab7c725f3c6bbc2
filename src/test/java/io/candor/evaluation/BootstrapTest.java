package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final List<Integer> COINS =
      IntStream.range(0, 400).map(i -> i % 4 == 0 ? 1 : 0).boxed().toList();

  @Test
  void theIntervalIsThatOfTheBinomialAndTheSameEveryTime() {
    var interval = Bootstrap.interval(COINS, 0.95, BootstrapTest::mean);
    double error = Math.sqrt(0.25 * 0.75 / 400);
    assertEquals(0.25 - 1.96 * error, interval.low(), 0.01);
    assertEquals(0.25 + 1.96 * error, interval.high(), 0.01);
    assertEquals(interval, Bootstrap.interval(COINS, 0.95, BootstrapTest::mean));
  }

  @Test
  void anUndefinedFigureHasNoInterval() {
    assertTrue(Double.isNaN(Bootstrap.interval(COINS, 0.95, coins -> Double.NaN).low()));
  }

  private static double mean(List<Integer> coins) {
    return coins.stream().mapToInt(coin -> coin).average().orElseThrow();
  }
}
