package io.candor.evaluation;

import java.io.PrintStream;
import java.time.Duration;

/** One line that says how far a suite is, how fast it goes and when it will be done. */
final class Progress {
  private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

  private final PrintStream out;
  private final String name;
  private final int total;
  private final long started = System.nanoTime();
  private long printed = started;
  private int done;

  Progress(PrintStream out, String name, int total) {
    this.out = out;
    this.name = name;
    this.total = total;
  }

  void step() {
    done++;
    long now = System.nanoTime();
    if (done < total && now - printed < INTERVAL_NANOS) {
      return;
    }
    printed = now;
    double perSecond = done / ((now - started) / 1e9);
    out.printf(
        "\r%s %d/%d  %.1f/s  %.0f s left  %s",
        name, done, total, perSecond, (total - done) / perSecond, done == total ? "\n" : "");
    out.flush();
  }
}
