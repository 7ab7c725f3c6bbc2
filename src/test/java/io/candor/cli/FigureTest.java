package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.cli.Figure.Bound;
import io.candor.cli.Figure.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
  @ParameterizedTest
  @CsvSource({
    "39.9, BELOW,    40,   true",
    "40,   BELOW,    40,   false",
    "12,   AT_MOST,  12,   true",
    "12.1, AT_MOST,  12,   false",
    "0.97, AT_LEAST, 0.97, true",
    "0.96, AT_LEAST, 0.97, false",
    "NaN,  AT_LEAST, 0.97, false"
  })
  void aTargetIsMetOnTheRightSideOfItsBound(double value, Bound bound, double target, boolean met) {
    assertEquals(met, new Figure("x", value, Unit.SHARE, bound, target, "").isMet());
  }

  @Test
  void aLineHoldsValueTargetAndVerdict() {
    var line = new Figure("search p95", 41.2, Unit.MILLISECONDS, Bound.BELOW, 40, "over HTTP");
    assertEquals(
        "search p95 41 ms < 40 ms MISSED over HTTP", line.toString().replaceAll(" +", " "));
  }

  @Test
  void aFailedMeasurementIsAMissWithItsReason() {
    Figure failed = Figure.failed("memory", "the server has ended");
    assertFalse(failed.isMet());
    assertTrue(failed.toString().endsWith("the server has ended"));
  }
}
