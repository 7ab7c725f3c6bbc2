package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.evaluation.Selective.Answer;
import io.candor.evaluation.Selective.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectiveTest {
  private static final double EXACT = 1e-9;

  private static final Selective FOUR =
      new Selective(
          List.of(
              new Answer(0.2, false),
              new Answer(0.9, true),
              new Answer(0.6, true),
              new Answer(0.6, false)));

  @Test
  void equalConfidencesAreAnsweredTogether() {
    assertEquals(
        List.of(new Point(0.25, 0, 0.9), new Point(0.75, 1.0 / 3, 0.6), new Point(1, 0.5, 0.2)),
        FOUR.curve());
  }

  @Test
  void theAreaIsTheMeanRiskOverCoverages() {
    assertEquals(0.5 / 3 + 0.25 * 0.5, FOUR.areaUnderRiskCoverage(), EXACT);
    assertTrue(Double.isNaN(new Selective(List.of()).areaUnderRiskCoverage()));
  }

  @Test
  void calibrationComparesConfidenceWithAccuracyBinByBin() {
    double expected = (Math.abs(0.2 - 0) + Math.abs(0.9 - 1) + 2 * Math.abs(0.6 - 0.5)) / 4;
    assertEquals(expected, FOUR.expectedCalibrationError(), EXACT);
    assertEquals(0, new Selective(List.of(new Answer(1, true))).expectedCalibrationError());
  }

  @Test
  void outOfScopeRecallIsReadAtTheThresholdThatKeepsTheInScopeOnes() {
    double[] in = {0.1, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9};
    double[] out = {0.05, 0.3, 0.55, 0.95};
    assertEquals(0.25, Selective.outOfScopeRecall(in, out, 1), "below 0.1");
    assertEquals(0.5, Selective.outOfScopeRecall(in, out, 0.9), "below 0.5");
    assertEquals(0.75, Selective.outOfScopeRecall(in, out, 0.8), "below 0.6");
  }
}
