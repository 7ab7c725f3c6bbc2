package io.candor.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report as one page that needs nothing but itself: figures beside targets and published ones,
 * charts, the worst cases with their passages, and what changed against other runs.
 */
public final class HtmlReport {
  private static final double CONFIDENCE = 0.95;

  private final Report report;
  private final List<Report> others;

  /**
   * @param others what the report is compared with; the first is drawn beside it, and several make
   *     a table of ablations
   */
  public HtmlReport(Report report, List<Report> others) {
    this.report = report;
    this.others = List.copyOf(others);
  }

  /** Writes the page, creating the folders above. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, page());
  }

  String page() {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%1$s: evaluation</title>
    <style>
    %2$s</style>
    </head>
    <body>
    <header><p class="kicker">Candor evaluation</p><h1>%1$s</h1><p class="meta">%3$s</p></header>
    <main>
    %4$s
    %5$s
    %6$s
    </main>
    <footer>Intervals hold 95%% of 1,000 resampled question sets. A change is marked where 95%% of \
    paired resamples agree with it.</footer>
    </body>
    </html>
    """
        .formatted(
            Html.escape(report.label()),
            style(),
            meta(),
            overview(),
            ablations(),
            report.suites().stream().map(this::suite).collect(Collectors.joining("\n")));
  }

  private String meta() {
    var against =
        others.isEmpty()
            ? ""
            : ", compared with "
                + others.stream()
                    .map(other -> Html.escape(other.label()))
                    .collect(Collectors.joining(", "));
    return "run %s, %s%s".formatted(Html.escape(report.run()), report.at(), against);
  }

  private String suite(SuiteReport suite) {
    var against = others.isEmpty() ? null : others.getFirst().suite(name(suite)).orElse(null);
    var changes =
        against == null ? List.<Comparison>of() : Comparison.of(against, suite, CONFIDENCE);
    return new HtmlSuite(suite, against, changes).section();
  }

  private static String name(SuiteReport suite) {
    return suite.suite().name();
  }

  /** One tile a suite: its headline, and whether the targets are met. */
  private String overview() {
    var tiles = new StringBuilder();
    for (var suite : report.suites()) {
      var headline = suite.figures().getFirst();
      long missed = suite.figures().stream().filter(value -> suite.misses(value)).count();
      var state = suite.suite().targets().isEmpty() ? "" : missed == 0 ? "met" : "missed";
      var said =
          switch (state) {
            case "met" -> "all targets met";
            case "missed" -> missed + (missed == 1 ? " target missed" : " targets missed");
            default -> suite.questions() + " questions";
          };
      tiles.append(
          """
          <a class="tile %s" href="#%s"><span>%2$s</span><b>%s</b><span>%s</span><small>%s</small></a>
          """
              .formatted(
                  state,
                  Html.escape(name(suite)),
                  Html.number(headline.value()),
                  Html.escape(headline.name()),
                  said));
    }
    return "<nav class=\"tiles\">%s</nav>".formatted(tiles);
  }

  /** Every run a row, every figure with a headline a column, changes beyond noise marked. */
  private String ablations() {
    if (others.size() < 2) {
      return "";
    }
    var runs = new ArrayList<>(others);
    runs.add(report);
    var names = new LinkedHashSet<String>();
    runs.forEach(run -> run.suites().forEach(suite -> names.add(name(suite))));
    var head =
        names.stream()
            .map(name -> Html.text("th", "number", name + " " + headline(runs, name)))
            .collect(Collectors.joining());
    var rows =
        runs.stream()
            .map(run ->
                "<tr>%s%s</tr>".formatted(Html.text("th", "", run.label()), cells(run, names)))
            .collect(Collectors.joining("\n"));
    return """
    <section><h2>Ablations</h2>
    <p class="note">Changes against %s, on the questions that both runs asked.</p>
    <div class="wide"><table><thead><tr><th>run</th>%s</tr></thead><tbody>%s</tbody></table></div></section>
    """
        .formatted(Html.escape(others.getFirst().label()), head, rows);
  }

  private static String headline(List<Report> runs, String suite) {
    return runs.stream()
        .flatMap(run -> run.suite(suite).stream())
        .findFirst()
        .orElseThrow()
        .suite()
        .headline();
  }

  private String cells(Report run, LinkedHashSet<String> names) {
    var first = others.getFirst();
    return names.stream()
        .map(name -> {
          var suite = run.suite(name);
          if (suite.isEmpty()) {
            return "<td></td>";
          }
          var value = suite.get().figures().getFirst();
          var change =
              run.equals(first)
                  ? ""
                  : first
                      .suite(name)
                      .map(before -> change(before, suite.get(), value.name()))
                      .orElse("");
          return "<td class=\"number\">%s %s</td>".formatted(Html.number(value.value()), change);
        })
        .collect(Collectors.joining());
  }

  private static String change(SuiteReport before, SuiteReport after, String figure) {
    return Comparison.of(before, after, CONFIDENCE).stream()
        .filter(comparison -> comparison.figure().equals(figure))
        .findFirst()
        .map(HtmlSuite::change)
        .orElse("");
  }

  private static String style() {
    try (var css = HtmlReport.class.getResourceAsStream("/suites/report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
