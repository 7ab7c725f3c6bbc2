package io.candor.cli;

import io.candor.evaluation.Comparison;
import io.candor.evaluation.HtmlReport;
import io.candor.evaluation.Report;
import io.candor.evaluation.SuiteReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description = {
      "Compares runs on the questions that they share, and writes a page.",
      "The first report is what the others are compared with; three or more make a table."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  private static final double CONFIDENCE = 0.95;

  @Parameters(arity = "2..*", paramLabel = "REPORT", description = "JSON files of runs")
  private List<Path> files;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      defaultValue = "comparison.html",
      description = "where to write the page (default: ${DEFAULT-VALUE})")
  private Path page;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    List<Report> reports = EvaluationFiles.read(files);
    Report before = reports.getFirst();
    for (Report after : reports.subList(1, reports.size())) {
      out.printf("%s, compared with %s%n", after.label(), before.label());
      after.suites().forEach(suite -> print(before, suite));
    }
    HtmlReport html =
        reports.size() == 2
            ? new HtmlReport(reports.getLast(), List.of(before))
            : new HtmlReport(before, reports.subList(1, reports.size()));
    html.write(page);
    out.println("written to " + page);
    return 0;
  }

  private void print(Report before, SuiteReport after) {
    String name = after.suite().name();
    before
        .suite(name)
        .ifPresentOrElse(
            earlier -> Comparison.of(earlier, after, CONFIDENCE).forEach(c -> print(name, c)),
            () -> out.printf("  %s was not measured before%n", name));
  }

  private void print(String suite, Comparison comparison) {
    String mark = comparison.isBetter() ? "better" : comparison.isWorse() ? "WORSE" : "";
    out.printf(
        Locale.ROOT,
        "  %-14s %-28s %8.3f %8.3f  %+.3f  [%+.3f, %+.3f] %s%n",
        suite,
        comparison.figure(),
        comparison.before(),
        comparison.after(),
        comparison.change(),
        comparison.low(),
        comparison.high(),
        mark);
  }
}
