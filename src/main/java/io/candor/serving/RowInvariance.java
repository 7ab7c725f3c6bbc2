package io.candor.serving;

import java.util.Arrays;
import org.jboss.logging.Logger;

/**
 * Finds out how many rows must be computed at once so that a row's result does not depend on how
 * many they are. Kernels for one row may add up in another order than those for several; which ones
 * do depends on the weights' type and the processor, so it is tried.
 */
final class RowInvariance {
  private static final Logger LOG = Logger.getLogger(RowInvariance.class);
  private static final int TOKEN = 1;
  private static final int PREFIX = 8;
  private static final int[] COUNTS = {2, 3, 4, 6, 8, 16};

  private RowInvariance() {}

  /** 1 or 2; empties the first sequence. */
  static int leastRows(LlamaContext context, Rows rows) {
    var alone = predict(context, rows, 1);
    var two = predict(context, rows, 2);
    boolean invariant = true;
    for (int count : COUNTS) {
      invariant &= Arrays.equals(two, predict(context, rows, count));
    }
    if (!invariant) {
      LOG.warn("with these weights on this processor, the last bits of an answer depend on load");
    }
    return invariant && Arrays.equals(alone, two) ? 1 : 2;
  }

  /** What follows a row that is computed together with others. */
  private static float[] predict(LlamaContext context, Rows rows, int count) {
    context.truncate(0, 0);
    rows.clear();
    for (int i = 0; i < PREFIX; i++) {
      rows.add(TOKEN + i, i, 0, false);
    }
    context.decode(rows, () -> false);
    rows.clear();
    for (int i = 0; i < count; i++) {
      rows.add(TOKEN + i, PREFIX + i, 0, true);
    }
    context.decode(rows, () -> false);
    var scores = context.scores(0);
    context.truncate(0, 0);
    return scores;
  }
}
