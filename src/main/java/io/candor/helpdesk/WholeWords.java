package io.candor.helpdesk;

import java.util.Locale;

/** Finds words that are not parts of others. */
final class WholeWords {
  private WholeWords() {}

  /** Whether a text has these words, one after another, in any case and punctuation. */
  static boolean has(String text, String words) {
    return plain(text).contains(plain(words)) && !plain(words).isBlank();
  }

  /** Lower case, one blank before and after each word. */
  static String plain(String text) {
    var words =
        text.toLowerCase(Locale.ROOT).replace('’', '\'').replaceAll("[^\\p{L}\\p{N}']+", " ");
    return " " + words.strip() + " ";
  }
}
