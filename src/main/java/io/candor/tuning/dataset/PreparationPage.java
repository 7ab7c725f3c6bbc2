package io.candor.tuning.dataset;

import java.util.Map;
import java.util.stream.Collectors;

/** A {@link PreparationReport} as a page that needs nothing but itself. */
record PreparationPage(PreparationReport report) {
  String html() {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Dataset</title>
    <style>
    body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
    table { border-collapse: collapse; width: 100%% }
    th, td { border-bottom: 1px solid #8884; padding: .3rem .6rem; text-align: left; vertical-align: top }
    td.n { text-align: right; font-variant-numeric: tabular-nums }
    .warning { border-left: 4px solid #c60; padding-left: .8rem }
    small { opacity: .7 }
    </style>
    </head>
    <body>
    <h1>Dataset</h1>
    <p>%,d examples to learn from and %,d to validate on, of %,d conversations; %,d replies were read.<br>
    <small>SHA-256 %s</small></p>
    %s
    <h2>Left out</h2>
    %s
    <h2>Sentences taken away</h2>
    %s
    <h2>Tokens</h2>
    <table><tr><th><th>least<th>median<th>95%%<th>most</tr>%s%s</table>
    </body>
    </html>
    """
        .formatted(
            report.trainExamples(),
            report.validationExamples(),
            report.conversations(),
            report.read(),
            report.sha256(),
            report.warnings().stream()
                .map(warning -> "<p class=\"warning\">%s</p>".formatted(escaped(warning)))
                .collect(Collectors.joining()),
            table(report.dropped()),
            table(report.removed()),
            lengths("prompt", report.promptTokens()),
            lengths("answer", report.answerTokens()));
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
                    .formatted(escaped(one.place()), escaped(one.text())))
            .collect(Collectors.joining());
    return "<tr><td>%s<br><small>%s</small><td class=\"n\">%,d<td>%s</tr>"
        .formatted(reason, Reason.labelled(reason).meaning(), found.count(), cases);
  }

  private static String lengths(String what, PreparationReport.Lengths lengths) {
    return "<tr><td>%s<td class=\"n\">%,d<td class=\"n\">%,d<td class=\"n\">%,d<td class=\"n\">%,d</tr>"
        .formatted(what, lengths.least(), lengths.median(), lengths.most95(), lengths.most());
  }

  /** Whatever a customer wrote is text here, never markup. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
