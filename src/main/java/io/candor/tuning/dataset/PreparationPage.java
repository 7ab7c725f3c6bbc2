package io.candor.tuning.dataset;

import io.candor.evaluation.Html;
import io.candor.evaluation.HtmlPage;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A {@link PreparationReport} as a page that needs nothing but itself. */
record PreparationPage(PreparationReport report) {
  String html() {
    int examples = report.trainExamples() + report.validationExamples();
    var summary =
        "%,d to learn from and %,d to validate on, of %,d conversations; %,d replies were read.<br>SHA-256 %s"
            .formatted(
                report.trainExamples(),
                report.validationExamples(),
                report.conversations(),
                report.read(),
                report.sha256());
    return new HtmlPage("Candor dataset", "%,d examples".formatted(examples), summary)
        .with(
            """
            <main>
            %s
            <section><h2>Left out</h2>%s</section>
            <section><h2>Sentences taken away</h2>%s</section>
            <section><h2>Tokens</h2>
            <table><tr><th><th class="number">least<th class="number">median<th class="number">95%%
            <th class="number">most</tr>%s%s</table></section>
            </main>\
            """
                .formatted(
                    warnings(),
                    table(report.dropped()),
                    table(report.removed()),
                    lengths("prompt", report.promptTokens()),
                    lengths("answer", report.answerTokens())));
  }

  private String warnings() {
    return report.warnings().stream()
        .map(warning -> "<section class=\"missed\">%s</section>".formatted(Html.escape(warning)))
        .collect(Collectors.joining());
  }

  private static String table(Map<String, Tally.Found> found) {
    return found.isEmpty()
        ? "<p>Nothing.</p>"
        : found.entrySet().stream()
            .map(each -> row(each.getKey(), each.getValue()))
            .collect(
                Collectors.joining(
                    "", "<table><tr><th>why<th>how often<th>such as</tr>", "</table>"));
  }

  private static String row(String reason, Tally.Found found) {
    var cases =
        found.cases().stream()
            .map(one ->
                "<p><small>%s</small><br>%s</p>"
                    .formatted(Html.escape(one.place()), Html.escape(one.text())))
            .collect(Collectors.joining());
    return "<tr><td>%s<br><small>%s</small><td class=\"number\">%,d<td>%s</tr>"
        .formatted(reason, Reason.labelled(reason).meaning(), found.count(), cases);
  }

  private static String lengths(String what, PreparationReport.Lengths lengths) {
    return IntStream.of(lengths.least(), lengths.median(), lengths.most95(), lengths.most())
        .mapToObj("<td class=\"number\">%,d"::formatted)
        .collect(Collectors.joining("", "<tr><td>" + what, "</tr>"));
  }
}
