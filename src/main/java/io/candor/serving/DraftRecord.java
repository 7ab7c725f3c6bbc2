package io.candor.serving;

/**
 * How often drafted tokens proved right, by how much of the text before them was the same: two
 * words in common say little, a whole clause much. Kept over all requests, for it is a matter of
 * the model and of what it is asked. Confined to the inference thread.
 */
final class DraftRecord {
  private static final int[] MATCHES = {2, 3, 5, 8, 12, Integer.MAX_VALUE};

  /** How much of what was seen still counts after the next draft. */
  private static final double MEMORY = .98;

  /** What is assumed at first, and how many observations that is worth. */
  private static final double AT_FIRST = .6;

  private static final double WEIGHT = 2;

  private final double[] right = new double[2 * MATCHES.length];
  private final double[] seen = new double[2 * MATCHES.length];

  /** The probability that the first token of a draft is right. */
  double first(int match) {
    return probability(2 * size(match));
  }

  /** The probability that a further one is, after right ones. */
  double next(int match) {
    return probability(2 * size(match) + 1);
  }

  private double probability(int at) {
    return (right[at] + WEIGHT * AT_FIRST) / (seen[at] + WEIGHT + .01);
  }

  /** Learns how many of a draft's tokens the model chose as well. */
  void learn(int match, int drafted, int accepted) {
    int size = size(match);
    if (drafted > 0) {
      add(2 * size, Math.min(accepted, 1), 1);
    }
    if (accepted > 0 && drafted > 1) {
      add(2 * size + 1, accepted - 1.0, Math.min(accepted, drafted - 1.0));
    }
  }

  private void add(int at, double good, double all) {
    right[at] = MEMORY * right[at] + good;
    seen[at] = MEMORY * seen[at] + all;
  }

  private static int size(int match) {
    int size = 0;
    while (match > MATCHES[size]) {
      size++;
    }
    return size;
  }
}
