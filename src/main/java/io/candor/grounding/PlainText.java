package io.candor.grounding;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reduces a sentence to what it says: no Markdown, plain quotes and dashes, contractions in full.
 */
final class PlainText {
  private static final Pattern LINK = Pattern.compile("!?\\[([^\\]\\n]*)\\]\\(([^)\\s]*)[^)]*\\)");
  private static final Pattern HTML = Pattern.compile("</?[a-zA-Z][^>\\n]{0,300}>");
  private static final Pattern CITATION =
      Pattern.compile("\\s?\\[\\d{1,3}(?:\\s*,\\s*\\d{1,3})*\\]");
  private static final Pattern MARKER =
      Pattern.compile("^\\s*(?:#{1,6}\\s+|[-*+•]\\s+(?:\\[[ xX]\\]\\s+)?|\\d{1,3}[.)]\\s+|>\\s*)");
  private static final Pattern EMPHASIS =
      Pattern.compile("\\*{1,3}|`+|~~|(?<!\\w)_{1,2}|_{1,2}(?!\\w)");
  private static final Pattern CONTRACTION =
      Pattern.compile(
          "\\b(can't|cannot|won't|shan't|ain't|let's|it's|that's|here's|there's|what's)\\b|n't\\b|'(?:re|ve|ll|m|d)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Map<String, String> EXPANSIONS =
      Map.ofEntries(
          Map.entry("can't", "can not"),
          Map.entry("cannot", "can not"),
          Map.entry("won't", "will not"),
          Map.entry("shan't", "shall not"),
          Map.entry("ain't", "is not"),
          Map.entry("let's", "let us"),
          Map.entry("it's", "it is"),
          Map.entry("that's", "that is"),
          Map.entry("here's", "here is"),
          Map.entry("there's", "there is"),
          Map.entry("what's", "what is"),
          Map.entry("n't", " not"),
          Map.entry("'re", " are"),
          Map.entry("'ve", " have"),
          Map.entry("'ll", " will"),
          Map.entry("'m", " am"),
          Map.entry("'d", " would"));

  private PlainText() {}

  static String of(String text) {
    String plain = MARKER.matcher(text).replaceFirst("");
    plain = LINK.matcher(plain).replaceAll("$1");
    plain = HTML.matcher(plain).replaceAll(" ");
    plain = CITATION.matcher(plain).replaceAll("");
    plain = EMPHASIS.matcher(plain).replaceAll("");
    plain =
        plain
            .replace('’', '\'')
            .replace('‘', '\'')
            .replace('“', '"')
            .replace('”', '"')
            .replace('–', '-')
            .replace('—', ';')
            .replace('‑', '-')
            .replaceAll("(?i)\\b(non)-(?=\\p{L})", "$1")
            .replace("&nbsp;", " ")
            .replace("&amp;", "&");
    plain =
        CONTRACTION
            .matcher(plain)
            .replaceAll(match -> {
              String full = EXPANSIONS.get(match.group().toLowerCase(Locale.ROOT));
              return Matcher.quoteReplacement(full);
            });
    plain = plain.replaceAll("[\\s\\u00a0\\u202f\\u2009]+", " ").strip();
    return Idioms.plain(plain);
  }
}
