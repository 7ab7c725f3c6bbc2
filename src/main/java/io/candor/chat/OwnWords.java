package io.candor.chat;

import io.candor.retrieval.Evidence;
import java.util.regex.Pattern;

/** A quoted passage as a sentence to show: the same words without Markdown's or HTML's marks. */
final class OwnWords {
  private static final Pattern HTML_TAG = Pattern.compile("<[^<>]{1,200}>");
  private static final Pattern LINK =
      Pattern.compile("!?\\[([^\\]\\[]*)]\\([^()\\s]*(?:\\s[^()]*)?\\)");
  private static final Pattern LEAD = Pattern.compile("(?m)^\\s*(#{1,6}|[-*+•>]|\\d{1,3}[.)])\\s+");
  private static final Pattern EMPHASIS = Pattern.compile("\\*{1,3}|__|`");
  private static final Pattern CELLS = Pattern.compile("^\\||\\|$");

  private OwnWords() {}

  static String of(Evidence evidence) {
    return plain(evidence.quote());
  }

  static String plain(String quote) {
    var text = HTML_TAG.matcher(quote).replaceAll(" ");
    text = LINK.matcher(text).replaceAll("$1");
    text = LEAD.matcher(text).replaceAll("");
    text = EMPHASIS.matcher(text).replaceAll("");
    text = CELLS.matcher(text.strip()).replaceAll("").replaceAll("\\s*\\|\\s*", ", ");
    return text.replaceAll("\\s+", " ").strip();
  }
}
