package io.candor.evaluation.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.evaluation.cost.Assumptions.Load;
import io.candor.evaluation.cost.Assumptions.Machine;
import io.candor.evaluation.cost.Assumptions.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimateTest {
  /** Two seconds a query: one of reading, half of writing, half of looking up. */
  private static final Approach BOTH =
      new Approach("both", true, 300, 200, 50, 10, 2, 5, 1, false, 3);

  private static final Approach TUNED =
      new Approach("fine-tuned", false, 100, 0, 50, 100, 4, 5, 0, true, 2);

  private static final Assumptions WITH =
      new Assumptions(
          new Prices(0.5, 40, 2, 100, 1, 4),
          new Load(10, 0.5, 6),
          new Machine(100, 100, 0.5),
          List.of(BOTH, TUNED));

  @TempDir Path folder;

  /**
   * By hand: 2,628,000 queries in 730 hours are one a second, ten in the busiest hour; each takes
   * (300 - 200) / 100 + 50 / 100 + 0.5 = 2 s; at half of a machine that is 10 * 2 / 0.5 = 40 of
   * them, 40 * 0.5 * 730 + 40 = 14,640 a month. One training: 5 * 2 + 3 * 100 = 310. Hosted: 2.628
   * million * (300 + 200) = 1,314, + 40 + 310. Set-up: 10 * 100 + 2 * 5 * 2 = 1,020.
   */
  @Test
  void theArithmeticIsThatOfAHand() {
    var cost = Estimate.of(BOTH, WITH, 2_628_000);
    assertEquals(2, cost.machineSeconds(), 1e-9);
    assertEquals(10, cost.peakPerSecond(), 1e-9);
    assertEquals(40, cost.machines());
    assertEquals(14_640, cost.serving(), 1e-6);
    assertEquals(310, cost.training(), 1e-6);
    assertEquals(14_950, cost.month(), 1e-6);
    assertEquals(1_664, cost.hosted(), 1e-6);
    assertEquals(1_020, cost.setup(), 1e-6);
    assertEquals(14_950 / 2_628.0, cost.perThousand(), 1e-9);
    assertEquals(1_020 + 12 * 14_950, cost.firstYear(), 1e-6);
  }

  /** By hand: 6 updates * (5 * 2 + 2 * 100) = 1,260, and no database. */
  @Test
  void factsInWeightsAreTrainedAnewWithEachUpdate() {
    var cost = Estimate.of(TUNED, WITH, 1_000);
    assertEquals(1_260, cost.training(), 1e-6);
    assertEquals(1, cost.machines());
    assertEquals(365, cost.serving(), 1e-6);
  }

  @Test
  void anOperatorsValuesStandOverThoseOfTheBuild() throws IOException {
    var file = folder.resolve("prices.yaml");
    Files.writeString(file, "prices:\n  machine_hour: 9\n");
    var read =
        Assumptions.read(
            file, Map.of("load.peak_factor", 3.0, "approaches.both.answer_tokens", 77.0));
    assertEquals(9, read.prices().machineHour());
    assertEquals(3, read.load().peakFactor());
    assertEquals(Assumptions.defaults().prices().engineerHour(), read.prices().engineerHour());
    assertEquals(77, read.approaches().getLast().answerTokens());
  }

  @Test
  void aValueThatIsNotThereIsNamed() {
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> Assumptions.read(null, Map.of("prices.machine_day", 1.0)));
    assertEquals("there is no value 'prices.machine_day' to set", failure.getMessage());
  }

  @Test
  void moreQueriesNeverCostLess() {
    for (var approach : Assumptions.defaults().approaches()) {
      double few = Estimate.of(approach, Assumptions.defaults(), 10_000).month();
      double many = Estimate.of(approach, Assumptions.defaults(), 1_000_000).month();
      assertTrue(few <= many, approach.name());
    }
  }
}
