package io.candor.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A page that needs nothing but itself; reports of evaluations, datasets and training runs are
 * such.
 *
 * @param kind what it is of, such as Candor evaluation
 * @param name of the one that it shows
 * @param meta when and of what it was made, as HTML
 */
public record HtmlPage(String kind, String name, String meta) {
  /** The page with its content, as HTML, below the heading. */
  public String with(String content) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%1$s: %2$s</title>
    <style>
    %3$s</style>
    </head>
    <body>
    <header><p class="kicker">%2$s</p><h1>%1$s</h1><p class="meta">%4$s</p></header>
    %5$s
    </body>
    </html>
    """
        .formatted(Html.escape(name), kind, style(), meta, content);
  }

  private static String style() {
    try (var css = HtmlPage.class.getResourceAsStream("/suites/report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
