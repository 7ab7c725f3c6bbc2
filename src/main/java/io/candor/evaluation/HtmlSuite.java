package io.candor.evaluation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One suite's section of the page.
 *
 * @param against the same suite of the run compared with; null where there is none
 * @param changes of the figures since then
 */
record HtmlSuite(SuiteReport report, SuiteReport against, List<Comparison> changes) {
  private static final int MOST_TAGS_OPEN = 12;

  String section() {
    return """
    <section id="%s">
    <h2>%s <small>%1$s</small></h2>
    <p class="note">%s</p>
    %s
    <div class="charts">%s%s%s%s</div>
    %s
    %s
    </section>
    """
        .formatted(
            Html.escape(report.suite().name()),
            Html.escape(report.suite().title()),
            counts(),
            figures(),
            Charts.byDepth(report, against),
            Charts.riskCoverage(report, against),
            Charts.reliability(report),
            Charts.latency(report),
            tags(),
            worst());
  }

  private String counts() {
    var failed =
        report.failed() == 0
            ? ""
            : "; %d failed and count in no figure: %s"
                .formatted(report.failed(), Html.escape(report.failure()));
    return report.questions() + " questions" + failed;
  }

  private String figures() {
    var rows = report.figures().stream().map(this::row).collect(Collectors.joining("\n"));
    return """
    <div class="wide"><table class="figures"><thead><tr><th>figure</th><th class="number">measured</th>
    <th>95% interval</th><th><span class="scale"><i>0</i><i>1</i></span></th>
    {target}{published}{change}</tr></thead>
    <tbody>{rows}</tbody></table></div>
    """
        .replace("{target}", report.suite().targets().isEmpty() ? "" : "<th>target</th>")
        .replace("{published}", report.suite().published().isEmpty() ? "" : "<th>published</th>")
        .replace("{change}", against == null ? "" : "<th class=\"number\">change</th>")
        .replace("{rows}", rows);
  }

  private String row(SuiteReport.Value value) {
    var published =
        report.suite().published().stream().filter(p -> p.figure().equals(value.name())).toList();
    var cells = new StringBuilder();
    cells.append(Html.text("th", "", value.name()));
    cells.append(Html.text("td", "number strong", Html.number(value.value())));
    cells.append(
        Html.text("td", "quiet", Html.number(value.low()) + " to " + Html.number(value.high())));
    cells.append("<td>").append(strip(value, published)).append("</td>");
    cells.append(target(value));
    if (!report.suite().published().isEmpty()) {
      cells.append("<td>");
      published.forEach(p ->
          cells.append(
              "<div class=\"published\" title=\"%s\"><b>%s</b> %s</div>"
                  .formatted(
                      Html.escape(p.source()), Html.number(p.value()), Html.escape(p.system()))));
      cells.append("</td>");
    }
    if (against != null) {
      cells.append("<td class=\"number\">").append(change(value.name())).append("</td>");
    }
    return "<tr>%s</tr>".formatted(cells);
  }

  private String target(SuiteReport.Value value) {
    var target = report.suite().targets().get(value.name());
    if (target == null) {
      return report.suite().targets().isEmpty() ? "" : "<td></td>";
    }
    return Html.text(
        "td",
        report.misses(value) ? "missed" : "met",
        (value.better() ? "≥ " : "≤ ") + Html.number(target));
  }

  /** The value with its interval between 0 and 1; others' as open diamonds. */
  private static String strip(SuiteReport.Value value, List<SuiteDefinition.Published> published) {
    if (value.high() > 1 || value.low() < 0) {
      return "";
    }
    var strip = new Strip(0, 1).interval(value.low(), value.high());
    published.forEach(p -> strip.diamond(p.value(), p.system() + " " + Html.number(p.value())));
    return strip.dot(value.value()).svg();
  }

  private String change(String figure) {
    return changes.stream()
        .filter(comparison -> comparison.figure().equals(figure))
        .findFirst()
        .map(HtmlSuite::change)
        .orElse("");
  }

  /** The change, marked where it is beyond noise. */
  static String change(Comparison comparison) {
    var style = comparison.isBetter() ? "met" : comparison.isWorse() ? "missed" : "quiet";
    return "<span class=\"%s\" title=\"%s to %s, %d questions\">%s</span>"
        .formatted(
            style,
            Html.signed(comparison.low()),
            Html.signed(comparison.high()),
            comparison.questions(),
            Html.signed(comparison.change()));
  }

  private String tags() {
    if (report.tags().size() < 2) {
      return "";
    }
    var names = report.figures().stream().map(SuiteReport.Value::name).limit(6).toList();
    var head =
        names.stream().map(name -> Html.text("th", "number", name)).collect(Collectors.joining());
    var rows =
        report.tags().entrySet().stream()
            .map(tag ->
                "<tr>%s%s%s</tr>"
                    .formatted(
                        Html.text("th", "", tag.getKey()),
                        Html.text("td", "number quiet", "" + tag.getValue().questions()),
                        names.stream()
                            .map(name -> cell(tag.getValue(), name))
                            .collect(Collectors.joining())))
            .collect(Collectors.joining("\n"));
    return """
    <details%s><summary>By tag (%d)</summary><div class="wide"><table><thead><tr><th>tag</th>\
    <th class="number">questions</th>%s</tr></thead><tbody>%s</tbody></table></div></details>
    """
        .formatted(
            report.tags().size() > MOST_TAGS_OPEN ? "" : " open", report.tags().size(), head, rows);
  }

  private static String cell(SuiteReport.Tag tag, String figure) {
    var value = tag.figures().get(figure);
    return Html.text("td", "number", value == null ? "" : Html.number(value));
  }

  private String worst() {
    if (report.worst().isEmpty()) {
      return "";
    }
    return "<details class=\"worst\"><summary>Worst cases (%d)</summary>%s</details>"
        .formatted(
            report.worst().size(),
            report.worst().stream().map(HtmlSuite::card).collect(Collectors.joining("\n")));
  }

  private static String card(Result wrong) {
    var passages =
        wrong.passages().stream()
            .map(passage ->
                """
                <li class="%s"><b>%s</b> <code>%s</code><p>%s</p></li>
                """
                    .formatted(
                        passage.relevant() ? "relevant" : "",
                        Html.escape(passage.title()),
                        Html.escape(passage.document()),
                        Html.escape(passage.text())))
            .collect(Collectors.joining());
    return """
    <article><h3>%s</h3><dl><dt>fault</dt><dd class="missed">%s</dd><dt>expected</dt><dd>%s</dd>%s\
    <dt>id</dt><dd><code>%s</code></dd></dl><ol>%s</ol></article>
    """
        .formatted(
            Html.escape(wrong.question()),
            Html.escape(wrong.fault()),
            Html.escape(wrong.expected()),
            wrong.said().isEmpty() ? "" : "<dt>said</dt>" + Html.text("dd", "", wrong.said()),
            Html.escape(wrong.id()),
            passages);
  }
}
