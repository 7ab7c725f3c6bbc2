package io.candor.embedded;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says how far a download is: on a terminal one line that changes, else a line now and then. */
final class Progress implements AutoCloseable {
  private final PrintStream out;
  private final String label;
  private final long total;
  private final LongSupplier arrived;
  private final boolean terminal;
  private final long began = System.nanoTime();
  private final Thread ticker;

  Progress(PrintStream out, String label, long total, LongSupplier arrived) {
    this.out = out;
    this.label = label;
    this.total = total;
    this.arrived = arrived;
    this.terminal = out == System.out && System.console() != null && System.console().isTerminal();
    this.ticker = Thread.ofVirtual().start(this::tick);
  }

  private void tick() {
    try {
      while (true) {
        print(arrived.getAsLong());
        Thread.sleep(terminal ? 250 : 3_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void print(long bytes) {
    double seconds = (System.nanoTime() - began) / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "%s: %.1f of %.1f MB, %.1f MB/s",
            label,
            bytes / 1e6,
            total / 1e6,
            bytes / 1e6 / Math.max(seconds, 0.001));
    out.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
    out.flush();
  }

  /** The last line: everything arrived. */
  void done() {
    ticker.interrupt();
    print(total);
  }

  @Override
  public void close() {
    ticker.interrupt();
    if (terminal) {
      out.println();
    }
  }
}
