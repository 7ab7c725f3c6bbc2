package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a restyling may leave out. The rules were made on the developed domains; the held ones were
 * scored when they were done.
 */
class OmissionTest {
  private static final LabelledPairs PAIRS = LabelledPairs.read("omissions.txt");
  private static final List<String> DEVELOPED = List.of("telecom", "airline", "retail", "various");
  private static final List<String> HELD = List.of("bank", "software", "insurance");

  @Test
  void aRestrictionLeftOutIsRefused() {
    holds("developed", PAIRS.of(DEVELOPED, false), 1);
    holds("held", PAIRS.of(HELD, false), .95);
  }

  @Test
  void aDetailLeftOutIsNot() {
    holds("developed", PAIRS.of(DEVELOPED, true), .95);
    holds("held", PAIRS.of(HELD, true), .9);
  }

  private static void holds(String split, LabelledPairs pairs, double least) {
    System.out.printf("%s: %d pairs, right %.3f%n", split, pairs.pairs().size(), pairs.share());
    assertTrue(pairs.share() >= least, () -> split + " " + pairs.share() + pairs.misses());
  }
}
