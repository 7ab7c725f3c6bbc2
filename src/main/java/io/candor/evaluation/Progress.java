package io.candor.evaluation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a suite is, how fast it goes and when it will be done: on a terminal one line that
 * changes, else a line now and then.
 */
final class Progress {
  private static final boolean TERMINAL = System.console() != null && System.console().isTerminal();
  private static final long INTERVAL_NANOS =
      (TERMINAL ? Duration.ofMillis(500) : Duration.ofSeconds(10)).toNanos();

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
    var line =
        String.format(
            Locale.ROOT,
            "%s: %d of %d, %.1f/s, %.0f s left",
            name,
            done,
            total,
            perSecond,
            (total - done) / perSecond);
    out.print(TERMINAL ? "\r\033[K" + line + (done == total ? "\n" : "") : line + "\n");
    out.flush();
  }
}
