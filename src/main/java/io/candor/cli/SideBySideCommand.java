package io.candor.cli;

import io.candor.evaluation.RatingPage;
import io.candor.evaluation.Report;
import io.candor.evaluation.SideBySide;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "side-by-side",
    description = {
      "Shows a person two runs' answers to the same question, blind, and keeps the ratings.",
      "It ends with Enter, and goes on with the same ratings file another time."
    },
    mixinStandardHelpOptions = true)
final class SideBySideCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FIRST", description = "JSON report of a run")
  private Path first;

  @Parameters(index = "1", paramLabel = "SECOND", description = "JSON report of another")
  private Path second;

  @Option(
      names = "--ratings",
      paramLabel = "FILE",
      defaultValue = "ratings.jsonl",
      description = "where ratings are kept (default: ${DEFAULT-VALUE})")
  private Path ratings;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "where the page is (default: a free port)")
  private int port;

  @Option(names = "--tally", description = "only say what the ratings amount to so far")
  private boolean tally;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Report before = Report.read(first);
    Report after = Report.read(second);
    SideBySide sides = new SideBySide(before, after, ratings);
    if (!tally) {
      try (RatingPage page = new RatingPage(sides, port)) {
        out.printf("rate at %s; Enter ends it%n", page.address());
        if (System.in.read() < 0) {
          Thread.sleep(Long.MAX_VALUE); // nobody is there to press a key: until it is stopped
        }
      }
    }
    print(after.label(), sides.tally());
    return 0;
  }

  private void print(String label, SideBySide.Tally tally) {
    out.printf(
        Locale.ROOT,
        "%s: %d wins, %d ties, %d losses; %d equal answers were not shown%n",
        label,
        tally.wins(),
        tally.ties(),
        tally.losses(),
        tally.same());
    if (!Double.isNaN(tally.preference())) {
      out.printf(
          Locale.ROOT,
          "preferred in %.3f of the pairs, a tie for half   [%.3f, %.3f]%n",
          tally.preference(),
          tally.low(),
          tally.high());
    }
  }
}
