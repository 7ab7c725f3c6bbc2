package io.candor.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word, a run of digits or a single other character, with its place in the text.
 *
 * @param text as written
 * @param lower the same in lower case, with typographic apostrophes made plain
 */
record Token(Kind kind, String text, String lower, int start, int end) {
  enum Kind {
    WORD,
    DIGITS,
    MARK
  }

  boolean isWord() {
    return kind == Kind.WORD;
  }

  boolean isDigits() {
    return kind == Kind.DIGITS;
  }

  boolean is(String mark) {
    return lower.equals(mark);
  }

  boolean isCapitalised() {
    return isWord() && Character.isUpperCase(text.codePointAt(0));
  }

  static List<Token> of(String text) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < text.length()) {
      int start = at;
      Kind kind = kindAt(text, at);
      at += Character.charCount(text.codePointAt(at));
      if (kind != Kind.MARK) {
        while (at < text.length()
            && (kindAt(text, at) == kind || kind == Kind.WORD && joinsWord(text, at))) {
          at += Character.charCount(text.codePointAt(at));
        }
      }
      String written = text.substring(start, at);
      if (!Character.isWhitespace(written.codePointAt(0))
          && !Character.isSpaceChar(written.codePointAt(0))) {
        tokens.add(
            new Token(
                kind, written, written.toLowerCase(Locale.ROOT).replace('’', '\''), start, at));
      }
    }
    return tokens;
  }

  private static Kind kindAt(String text, int at) {
    int c = text.codePointAt(at);
    if (Character.isDigit(c)) {
      return Kind.DIGITS;
    }
    return Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK
        ? Kind.WORD
        : Kind.MARK;
  }

  /** An apostrophe or hyphen between letters belongs to the word. */
  private static boolean joinsWord(String text, int at) {
    char c = text.charAt(at);
    return (c == '\'' || c == '’' || c == '-')
        && at + 1 < text.length()
        && Character.isLetter(text.charAt(at + 1));
  }
}
