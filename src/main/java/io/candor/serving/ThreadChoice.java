package io.candor.serving;

/**
 * Chooses between all threads and one for steps of about equal work, by the time each took lately.
 *
 * <p>llama.cpp's threads wait for each other by spinning, some hundred times a token. On an idle
 * machine all of them together are faster; where other processes take the cores, one was measured
 * 25 times as fast as two. Confined to the inference thread.
 */
final class ThreadChoice {
  static final int FIRST_INTERVAL = 64;
  private static final int LAST_INTERVAL = 4096;
  private static final int PATIENCE = 3; // times what one thread takes

  private final int all;
  private double allNanos;
  private double oneNanos;
  private int stepsSinceTrial;
  private int interval = FIRST_INTERVAL;

  ThreadChoice(int all) {
    this.all = all;
  }

  /**
   * The threads for the next step: the faster choice, and now and then the other, for things
   * change.
   */
  int next() {
    if (all == 1 || oneNanos == 0) {
      return 1;
    }
    if (allNanos == 0) {
      return all;
    }
    boolean trial = stepsSinceTrial >= interval;
    return allIsFaster() != trial ? all : 1;
  }

  /** How long a step takes with the faster choice, in nanoseconds; 0 if not known yet. */
  double fastest() {
    return allIsFaster() || oneNanos == 0 ? allNanos : oneNanos;
  }

  /** How long a step may take before it is worth starting again with the other choice. */
  long patience(int threads) {
    return threads == 1 ? Long.MAX_VALUE : (long) (PATIENCE * oneNanos);
  }

  /** Notes how long a step took with the threads that {@link #next} chose. */
  void took(int threads, long nanos) {
    boolean before = allIsFaster();
    boolean trial = before != (threads == all);
    if (threads == all) {
      allNanos = trial || nanos > patience(all) ? nanos : smoothed(allNanos, nanos);
    } else {
      oneNanos = trial ? nanos : smoothed(oneNanos, nanos);
    }
    if (allIsFaster() != before) {
      interval = FIRST_INTERVAL;
      stepsSinceTrial = 0;
    } else if (trial) {
      interval = Math.min(interval * 2, LAST_INTERVAL);
      stepsSinceTrial = 0;
    } else {
      stepsSinceTrial++;
    }
  }

  private boolean allIsFaster() {
    return allNanos > 0 && allNanos <= oneNanos;
  }

  private static double smoothed(double before, long nanos) {
    return before == 0 ? nanos : (before + nanos) / 2;
  }
}
