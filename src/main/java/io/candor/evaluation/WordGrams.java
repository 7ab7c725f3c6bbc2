package io.candor.evaluation;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words and pairs of neighbouring words that a sentence has, by which style is told. */
final class WordGrams {
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");
  private static final Pattern DIGIT = Pattern.compile("\\p{N}");

  private WordGrams() {}

  /** Punctuation marks are words; all digits are the same, because numbers are facts. */
  static Set<String> of(String sentence) {
    var text = DIGIT.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll("0");
    var grams = new HashSet<String>();
    var before = "";
    for (var found = TOKEN.matcher(text); found.find(); before = found.group()) {
      grams.add(found.group());
      grams.add(before + " " + found.group());
    }
    return grams;
  }
}
