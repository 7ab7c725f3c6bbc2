package io.candor.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How far a load of documents is, how fast it goes, and what became of them. Thread-safe. */
final class IngestProgress {
  private static final long QUIET_NANOS = 3_000_000_000L;

  private final PrintStream out;
  private final int files;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private final long began = System.nanoTime();
  private final Map<IngestOutcome, Integer> counts = new EnumMap<>(IngestOutcome.class);
  private final List<String> remarks = new ArrayList<>();
  private int filesDone;
  private long chunksWritten;
  private long printed = began;

  IngestProgress(PrintStream out, int files) {
    this.out = out;
    this.files = files;
  }

  synchronized void count(IngestOutcome outcome) {
    counts.merge(outcome, 1, Integer::sum);
  }

  synchronized void written(int chunks) {
    chunksWritten += chunks;
  }

  synchronized void refused(String name, String reason) {
    count(IngestOutcome.REFUSED);
    remarks.add("refused: %s: %s".formatted(name, reason));
  }

  synchronized void remark(String line) {
    remarks.add(line);
  }

  synchronized void fileDone() {
    filesDone++;
    long now = System.nanoTime();
    if (terminal || now - printed > QUIET_NANOS || filesDone == files) {
      printed = now;
      var line = line();
      out.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
      out.flush();
    }
  }

  /** Prints what is worth knowing, and returns the exit code: 1 where something was refused. */
  synchronized int summarise(boolean dryRun) {
    if (terminal) {
      out.println();
    }
    remarks.stream().sorted().forEach(out::println);
    out.printf(
        "%s%d new, %d changed, %d unchanged, %d duplicates, %d refused, %d chunks in %.1f s%n",
        dryRun ? "dry run: " : "",
        counts.getOrDefault(IngestOutcome.CREATED, 0),
        counts.getOrDefault(IngestOutcome.CHANGED, 0),
        counts.getOrDefault(IngestOutcome.UNCHANGED, 0),
        counts.getOrDefault(IngestOutcome.DUPLICATE, 0),
        counts.getOrDefault(IngestOutcome.REFUSED, 0),
        chunksWritten,
        seconds());
    return counts.containsKey(IngestOutcome.REFUSED) ? 1 : 0;
  }

  private String line() {
    double rate = filesDone / seconds();
    var left = Duration.ofSeconds(Math.round((files - filesDone) / rate));
    return "%d of %d files, %.1f files/s, %.1f chunks/s, %d:%02d left"
        .formatted(
            filesDone,
            files,
            rate,
            chunksWritten / seconds(),
            left.toMinutes(),
            left.toSecondsPart());
  }

  private double seconds() {
    return Math.max(1, System.nanoTime() - began) / 1e9;
  }
}
