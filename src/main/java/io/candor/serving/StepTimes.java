package io.candor.serving;

import java.util.Arrays;

/**
 * How long a step takes by the number of its rows, as measured while serving. Times do not grow
 * evenly: kernels work in tiles, so that two rows may take as long as four.
 *
 * <p>Confined to the inference thread.
 */
final class StepTimes {
  private static final int[] SIZES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, Integer.MAX_VALUE};

  /** After so many steps a size that seemed too slow deserves another try. */
  private static final int FORGET = 2000;

  /** What a further row is taken to cost, as a part of the whole, where it was not measured. */
  private static final double GUESS = .1;

  private final int threads;
  private final ThreadChoice[] choices = new ThreadChoice[SIZES.length];
  private final long[] lastUse = new long[SIZES.length];
  private long steps;

  StepTimes(int threads) {
    this.threads = threads;
    Arrays.setAll(choices, size -> new ThreadChoice(threads));
  }

  /** The choice of threads for a step, to be told how long it took. */
  ThreadChoice threadsFor(int rows) {
    int size = size(rows);
    if (steps - lastUse[size] > FORGET) {
      choices[size] = new ThreadChoice(threads);
    }
    lastUse[size] = ++steps;
    return choices[size];
  }

  /**
   * The expected time. A size not tried lately is taken to be little slower than the next smaller
   * one, so that it will be tried.
   */
  double nanos(int rows) {
    for (int size = size(rows); size >= 0; size--) {
      double known = choices[size].fastest();
      if (known > 0 && steps - lastUse[size] <= FORGET) {
        double more = size == size(rows) ? 0 : rows - SIZES[size];
        return known * (1 + more * GUESS);
      }
    }
    return 1;
  }

  private static int size(int rows) {
    int at = Arrays.binarySearch(SIZES, rows);
    return at < 0 ? -at - 1 : at;
  }
}
