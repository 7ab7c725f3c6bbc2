package io.candor.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds sentences. When in doubt it does not split: two sentences in one chunk do no harm, half a
 * sentence does.
 */
final class Sentences {
  /**
   * The longest sentence that stays whole, in characters: a page of legal prose has shorter ones.
   */
  static final int LONGEST = 1600;

  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "e.g", "i.e", "etc", "vs", "cf", "no", "nos", "art", "sec", "para", "approx", "incl",
          "mr", "mrs", "ms", "dr", "prof", "st", "inc", "ltd", "co", "corp", "llc", "u.s", "u.k",
          "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
          "a.m", "p.m", "est", "fig", "bzw", "z.b", "ca", "nr", "abs");
  private static final String CLOSING = "\"'”’»)]}*_`";
  private static final String WIDE_STOPS = "。！？";

  private Sentences() {}

  /** The sentences of a block, in order; together they hold all of its words. */
  static List<Range> in(CharSequence text, Range block) {
    var sentences = new ArrayList<Range>();
    int start = block.start();
    for (int i = block.start(); i < block.end(); i++) {
      int end = endOfSentence(text, i, block.end());
      if (end > 0) {
        sentences.addAll(hardSplit(text, new Range(start, end).strippedIn(text)));
        start = end;
        i = end - 1;
      }
    }
    sentences.addAll(hardSplit(text, new Range(start, block.end()).strippedIn(text)));
    return sentences;
  }

  /** Cuts what is too long at white space, else between characters; nothing for an empty range. */
  static List<Range> hardSplit(CharSequence text, Range range) {
    var pieces = new ArrayList<Range>();
    int start = range.start();
    while (range.end() - start > LONGEST) {
      int cut = cutBefore(text, start, start + Packing.MOST);
      pieces.add(new Range(start, cut).strippedIn(text));
      start = new Range(cut, range.end()).strippedIn(text).start();
    }
    if (start < range.end()) {
      pieces.add(new Range(start, range.end()));
    }
    return pieces;
  }

  private static int cutBefore(CharSequence text, int start, int limit) {
    for (int i = limit; i > start + Packing.MOST / 2; i--) {
      if (Range.isSpace(text.charAt(i))) {
        return i;
      }
    }
    return Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
  }

  /** Where the sentence ends whose stop is at i; 0 where i is no stop. */
  private static int endOfSentence(CharSequence text, int i, int limit) {
    char c = text.charAt(i);
    if (WIDE_STOPS.indexOf(c) >= 0) {
      return i + 1;
    }
    if (c != '.' && c != '!' && c != '?' && c != '…' && c != '؟' && c != '۔' && c != '।') {
      return 0;
    }
    int end = i + 1;
    while (end < limit && (CLOSING.indexOf(text.charAt(end)) >= 0 || isStop(text.charAt(end)))) {
      end++;
    }
    if (end == limit || !Range.isSpace(text.charAt(end))) {
      return 0;
    }
    return c == '.' && isAbbreviation(text, i) || continuesInLowerCase(text, end, limit) ? 0 : end;
  }

  private static boolean isStop(char c) {
    return c == '.' || c == '!' || c == '?';
  }

  private static boolean isAbbreviation(CharSequence text, int stop) {
    int start = stop;
    while (start > 0 && isWordOrDot(text.charAt(start - 1)) && stop - start < 8) {
      start--;
    }
    var word = text.subSequence(start, stop).toString().toLowerCase(Locale.ROOT);
    var initial = word.length() == 1 && Character.isLetter(word.charAt(0)) && !word.equals("i");
    return initial || ABBREVIATIONS.contains(word) || isNumberOfList(text, start, word);
  }

  /** "2. Refunds": the number of an item, at the start of its line. */
  private static boolean isNumberOfList(CharSequence text, int start, String word) {
    return !word.isEmpty()
        && word.chars().allMatch(Character::isDigit)
        && (start == 0 || text.charAt(start - 1) == '\n');
  }

  private static boolean isWordOrDot(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }

  private static boolean continuesInLowerCase(CharSequence text, int end, int limit) {
    var next = new Range(end, limit).strippedIn(text);
    return !next.isEmpty() && Character.isLowerCase(text.charAt(next.start()));
  }
}
