package io.candor.cli;

import java.io.PrintStream;
import java.time.Duration;

/** How far a long work is: a bar on a terminal, else a line now and then. */
final class ProgressLine {
  private static final int WIDTH = 30;
  private static final long QUIET_NANOS = 3_000_000_000L;
  private static final long FRAME_NANOS = 100_000_000L;

  private final PrintStream out;
  private final String what;
  private final int total;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private final long began = System.nanoTime();
  private long printed = began;

  ProgressLine(PrintStream out, String what, int total) {
    this.out = out;
    this.what = what;
    this.total = total;
  }

  void done(int done) {
    long now = System.nanoTime();
    boolean last = done == total;
    if (last && terminal || now - printed > (terminal ? FRAME_NANOS : QUIET_NANOS)) {
      printed = now;
      out.print(terminal ? "\r\033[K" + line(done) + (last ? "\n" : "") : line(done) + "\n");
      out.flush();
    }
  }

  private String line(int done) {
    double rate = done / Math.max(1e-9, (System.nanoTime() - began) / 1e9);
    var left = Duration.ofSeconds(Math.round((total - done) / rate));
    int filled = (int) ((long) WIDTH * done / Math.max(1, total));
    return "[%s%s] %,d of %,d %s, %.0f/s, %d:%02d left"
        .formatted(
            "=".repeat(filled),
            " ".repeat(WIDTH - filled),
            done,
            total,
            what,
            rate,
            left.toMinutes(),
            left.toSecondsPart());
  }
}
