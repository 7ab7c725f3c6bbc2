package io.candor.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * @param others one other run is drawn beside this one; several make a table, in which each is
   *     compared with this one
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
    return new HtmlPage("Candor evaluation", report.label(), meta())
        .with(
            """
            <main>
            %s
            %s
            %s
            </main>
            <footer>Intervals hold 95%% of 1,000 resampled question sets. A change is marked where 95%% of \
            paired resamples agree with it.</footer>\
            """
                .formatted(
                    overview(),
                    ablations(),
                    report.suites().stream().map(this::suite).collect(Collectors.joining("\n"))));
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
    var against = others.size() != 1 ? null : others.getFirst().suite(name(suite)).orElse(null);
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

  private String ablations() {
    return others.size() < 2
        ? ""
        : report.suites().stream()
            .map(suite -> new HtmlAblations(report, suite, others).section())
            .collect(Collectors.joining("\n"));
  }
}
