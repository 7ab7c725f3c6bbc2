package io.candor.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits plain or Markdown text into sentences. Headings, list items and table rows are sentences
 * of their own and keep their marker; a paragraph's soft line breaks do not end a sentence.
 */
public final class Sentences {
  /** A sentence and its place: {@code text} is the source's [start, end). */
  public record Span(int start, int end, String text) {}

  private static final Pattern LINE = Pattern.compile("[^\n]*\n?");
  private static final Pattern STANDALONE = Pattern.compile("\\s*(#{1,6}\\s.*|\\|.*)");
  private static final Pattern ITEM = Pattern.compile("\\s*([-*+•]|\\d{1,3}[.)])\\s+.*");
  private static final Pattern IGNORED = Pattern.compile("\\s*([-=*_]{3,}|\\|[\\s|:-]*)\\s*");
  private static final Pattern END =
      Pattern.compile("[.!?…]+[\"'”’)\\]]*(?=\\s+[\"'“‘(\\[]*[\\p{Lu}\\p{N}\\p{So}]|\\s*$)|[。!?]");
  private static final Pattern MARKER = Pattern.compile("\\s*([-*+•]|\\d{1,3}[.)])\\s+");
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "vs", "etc", "e.g", "i.e", "eg", "ie",
          "approx", "inc", "ltd", "co", "corp", "u.s", "u.k", "e.u", "art", "sec", "fig", "p", "pp",
          "a.m", "p.m", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
          "nov", "dec", "min", "max", "tel", "ext", "incl", "cf", "u.s.c", "ave");

  private Sentences() {}

  /** The sentences of a text in order; white space around them belongs to none. */
  public static List<Span> split(String text) {
    var spans = new ArrayList<Span>();
    int start = 0;
    int end = 0;
    Matcher lines = LINE.matcher(text);
    while (lines.find() && lines.end() > lines.start()) {
      String line = lines.group();
      boolean blank = line.isBlank() || IGNORED.matcher(line.strip()).matches();
      boolean alone = STANDALONE.matcher(line.stripTrailing()).matches();
      if (blank || alone || ITEM.matcher(line.stripTrailing()).matches()) {
        splitBlock(text, start, end, spans);
        start = lines.start();
      }
      end = lines.end();
      if (blank) {
        start = end;
      } else if (alone) {
        add(text, start, end, spans);
        start = end;
      }
    }
    splitBlock(text, start, end, spans);
    return spans;
  }

  private static void splitBlock(String text, int from, int to, List<Span> spans) {
    Matcher ends = END.matcher(text).region(from, to);
    Matcher marker = MARKER.matcher(text).region(from, to);
    int start = from;
    if (marker.lookingAt()) {
      ends.region(marker.end(), to);
    }
    while (ends.find()) {
      if (!endsInAbbreviation(text, start, ends.start(), ends.end() == to)) {
        add(text, start, ends.end(), spans);
        start = ends.end();
      }
    }
    add(text, start, to, spans);
  }

  private static boolean endsInAbbreviation(String text, int start, int stop, boolean last) {
    if (last || text.charAt(stop) != '.') {
      return false;
    }
    int word = stop;
    while (word > start
        && (Character.isLetter(text.charAt(word - 1)) || text.charAt(word - 1) == '.')) {
      word--;
    }
    String before = text.substring(word, stop).toLowerCase(Locale.ROOT);
    boolean initial =
        before.length() == 1 && Character.isUpperCase(text.charAt(word)) && !before.equals("i");
    return ABBREVIATIONS.contains(before) || initial;
  }

  private static void add(String text, int from, int to, List<Span> spans) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      spans.add(new Span(start, end, text.substring(start, end)));
    }
  }
}
