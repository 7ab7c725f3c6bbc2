package io.candor.evaluation;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a suite is, how fast it goes and when it will be done: on a terminal a bar that grows,
 * else a line now and then. Thread-safe.
 */
final class Progress {
  private static final boolean TERMINAL = System.console() != null && System.console().isTerminal();
  private static final long INTERVAL_NANOS =
      (TERMINAL ? Duration.ofMillis(250) : Duration.ofSeconds(10)).toNanos();
  private static final int BAR = 24;

  private final PrintStream out;
  private final String name;
  private final int total;
  private final long started = System.nanoTime();
  private long printed = started;
  private int done;
  private int skipped;

  Progress(PrintStream out, String name, int total) {
    this.out = out;
    this.name = name;
    this.total = total;
  }

  /** One that an earlier run did: it counts, but not into the rate. */
  synchronized void skip() {
    skipped++;
    done++;
  }

  synchronized void step() {
    done++;
    long now = System.nanoTime();
    if (done < total && now - printed < INTERVAL_NANOS) {
      return;
    }
    printed = now;
    var end = TERMINAL && done < total ? "" : System.lineSeparator();
    out.print((TERMINAL ? "\r\033[K" : "") + line(now) + end);
    out.flush();
  }

  private String line(long now) {
    double seconds = (now - started) / 1e9;
    double perSecond = (done - skipped) / seconds;
    var rest =
        done >= total
            ? " in " + duration(seconds)
            : perSecond > 0 ? ", " + duration((total - done) / perSecond) + " left" : "";
    return String.format(
        Locale.ROOT, "%-24s %s %d of %d, %.1f/s%s", name, bar(), done, total, perSecond, rest);
  }

  private String bar() {
    int full = total == 0 ? BAR : (int) ((long) BAR * done / total);
    return "█".repeat(full) + "░".repeat(BAR - full);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60 ? whole + " s" : "%d min %02d s".formatted(whole / 60, whole % 60);
  }
}
