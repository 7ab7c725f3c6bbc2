package io.candor.tuning.training;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/**
 * Says how far training is: on a terminal a bar that grows, else a line now and then; the run's log
 * has a line for every step.
 */
final class TrainingDisplay {
  private static final boolean TERMINAL = System.console() != null && System.console().isTerminal();
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(TERMINAL ? 0 : 10);
  private static final int BAR = 24;

  private final PrintStream out;
  private final Path log;
  private int steps;
  private int stepsHere;
  private double seconds;
  private double validation = Double.NaN;
  private long printed;

  TrainingDisplay(PrintStream out, Path log) {
    this.out = out;
    this.log = log;
  }

  void show(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> {
        steps = started.steps();
        line(
            "%,d numbers to train in %d steps%s"
                .formatted(
                    started.parameters(),
                    steps,
                    started.step() > 0 ? ", from step " + started.step() + " on" : ""));
      }
      case TrainingEvent.Step step -> step(step);
      case TrainingEvent.Validation validated -> {
        validation = validated.loss();
        line(
            format(
                "step %d: validation loss %.4f, perplexity %.2f%s",
                validated.step(),
                validated.loss(),
                Math.exp(validated.loss()),
                validated.best() ? ", the best so far" : ""));
      }
      case TrainingEvent.Ended ended ->
          line(
              switch (ended.end()) {
                case DONE -> "trained all %d steps".formatted(ended.step());
                case STOPPED_EARLY ->
                    "stopped at step %d: validation improves no more".formatted(ended.step());
                case INTERRUPTED ->
                    "interrupted at step %d; --resume goes on".formatted(ended.step());
              });
      case TrainingEvent.Failed failed -> line("failed: " + failed.reason());
    }
  }

  private void step(TrainingEvent.Step step) {
    stepsHere++;
    seconds += step.seconds();
    write(
        format(
            "step %d of %d: loss %.4f, learning rate %.2e, gradient %.3f, %.0f tokens/s",
            step.step(),
            steps,
            step.loss(),
            step.learningRate(),
            step.gradient(),
            step.tokensPerSecond()));
    long now = System.nanoTime();
    if (now - printed >= BETWEEN_LINES.toNanos() || step.step() == steps) {
      printed = now;
      int full = BAR * step.step() / steps;
      out.print(
          format(
              "%s%s%s %d of %d, loss %.3f%s, %.0f tokens/s, %s left%s",
              TERMINAL ? "\r\033[K" : "",
              "█".repeat(full),
              "░".repeat(BAR - full),
              step.step(),
              steps,
              step.loss(),
              Double.isNaN(validation) ? "" : format(" (validation %.3f)", validation),
              step.tokensPerSecond(),
              duration((steps - step.step()) * seconds / stepsHere),
              TERMINAL ? "" : System.lineSeparator()));
      out.flush();
    }
  }

  private void line(String text) {
    write(text);
    out.println((TERMINAL ? "\r\033[K" : "") + text);
  }

  private void write(String text) {
    try {
      Files.writeString(log, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + log, e);
    }
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? "%d min %02d s".formatted(whole / 60, whole % 60)
            : "%d h %02d min".formatted(whole / 3600, whole / 60 % 60);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
