package io.candor.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One suite in several runs: a row each with its first figures, and the change of each against the
 * first run on the questions that both asked.
 */
final class HtmlAblations {
  private static final int FIGURES = 5;
  private static final double CONFIDENCE = 0.95;

  private record Run(String label, SuiteReport suite) {}

  private final Run base;
  private final List<Run> runs = new ArrayList<>();
  private final List<String> figures;
  private final double least;
  private final double most;

  /** The suite as the report has it, and as those of the others have it that measured it. */
  HtmlAblations(Report report, SuiteReport suite, List<Report> others) {
    base = new Run(report.label(), suite);
    runs.add(base);
    for (var other : others) {
      other
          .suite(suite.suite().name())
          .ifPresent(measured -> runs.add(new Run(other.label(), measured)));
    }
    figures = suite.figures().stream().map(SuiteReport.Value::name).limit(FIGURES).toList();
    var ends =
        runs.stream()
            .map(this::headline)
            .filter(Objects::nonNull)
            .flatMap(value -> Stream.of(value.low(), value.high()))
            .toList();
    least = Math.floor(ends.stream().min(Double::compare).orElseThrow() * 20) / 20;
    most = Math.ceil(ends.stream().max(Double::compare).orElseThrow() * 20 + 1e-9) / 20;
  }

  /** Empty where no other run measured the suite. */
  String section() {
    if (runs.size() < 2) {
      return "";
    }
    var head =
        figures.stream().map(name -> Html.text("th", "number", name)).collect(Collectors.joining());
    var rows = runs.stream().map(this::row).collect(Collectors.joining("\n"));
    return """
    <section><h2>Runs compared: %s</h2>
    <p class="note">Changes against %s, on the questions that both runs asked. The line: its %s.</p>
    <div class="wide"><table class="ablations"><thead><tr><th>run</th>
    <th><span class="scale"><i>%s</i><i>%s</i></span></th>%s</tr></thead><tbody>%s</tbody></table></div></section>
    """
        .formatted(
            Html.escape(base.suite().suite().title()),
            Html.escape(base.label()),
            Html.escape(figures.getFirst()),
            Html.number(least),
            Html.number(most),
            head,
            rows);
  }

  private String row(Run run) {
    var changes =
        run == base ? List.<Comparison>of() : Comparison.of(base.suite(), run.suite(), CONFIDENCE);
    var cells =
        figures.stream().map(name -> cell(run, name, changes)).collect(Collectors.joining());
    return "<tr>%s<td>%s</td>%s</tr>"
        .formatted(Html.text("th", "", run.label()), strip(headline(run)), cells);
  }

  private static String cell(Run run, String figure, List<Comparison> changes) {
    double value = run.suite().figure(figure);
    if (Double.isNaN(value)) {
      return "<td></td>";
    }
    var change =
        changes.stream()
            .filter(comparison -> comparison.figure().equals(figure))
            .map(comparison -> "<div>" + HtmlSuite.change(comparison) + "</div>")
            .collect(Collectors.joining());
    return "<td class=\"number\"><b>%s</b>%s</td>".formatted(Html.number(value), change);
  }

  private SuiteReport.Value headline(Run run) {
    return run.suite().figures().stream()
        .filter(value -> value.name().equals(figures.getFirst()))
        .findFirst()
        .orElse(null);
  }

  private String strip(SuiteReport.Value value) {
    if (value == null) {
      return "";
    }
    return new Strip(least, most)
        .line(headline(base).value())
        .interval(value.low(), value.high())
        .dot(value.value())
        .svg();
  }
}
