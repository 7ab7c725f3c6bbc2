package io.candor.cli;

import java.io.PrintStream;

/** Says how far a list of things is: on a terminal one line that changes, else now and then. */
final class Counter {
  private static final long QUIET_NANOS = 3_000_000_000L;

  private final PrintStream out;
  private final String label;
  private final int total;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private int count;
  private long printed;

  Counter(PrintStream out, String label, int total) {
    this.out = out;
    this.label = label;
    this.total = total;
  }

  void next() {
    count++;
    long now = System.nanoTime();
    if (terminal || now - printed > QUIET_NANOS) {
      printed = now;
      print();
    }
  }

  void done() {
    print();
    if (terminal) {
      out.println();
    }
  }

  private void print() {
    String line = "%s: %d of %d".formatted(label, count, total);
    out.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
    out.flush();
  }
}
