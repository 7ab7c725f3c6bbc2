package io.candor.grounding;

import java.util.List;

/** Strips English endings so that forms of one word meet; the result need not be a word. */
final class Stemmer {
  private static final String[] ENDINGS = {
    "ability", "ments", "ment", "ings", "ing", "ations", "ation", "able", "ible", "edly", "ed", "ly"
  };

  private static final List<String> HISSING = List.of("sses", "shes", "ches", "xes", "zzes");

  private Stemmer() {}

  static String stem(String word) {
    String stem = singular(word.endsWith("'s") ? word.substring(0, word.length() - 2) : word);
    if (!isWord(stem)) {
      return stem;
    }
    for (String ending : ENDINGS) {
      int rest = stem.length() - ending.length();
      int least = ending.startsWith("a") || ending.equals("ible") ? 4 : 3;
      if (rest >= least && stem.endsWith(ending) && !stem.endsWith("eed") && hasVowel(stem, rest)) {
        stem = stem.substring(0, rest);
        break;
      }
    }
    return trimmed(stem);
  }

  private static String singular(String word) {
    int n = word.length();
    if (n > 4 && word.endsWith("ies")) {
      return word.substring(0, n - 3) + "y";
    }
    if (n > 4 && HISSING.stream().anyMatch(word::endsWith)) {
      return word.substring(0, n - 2);
    }
    boolean plural = n > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us");
    return plural && !word.endsWith("is") ? word.substring(0, n - 1) : word;
  }

  private static String trimmed(String word) {
    int n = word.length();
    if (n > 3 && word.charAt(n - 1) == 'e') {
      return trimmed(word.substring(0, n - 1));
    }
    if (n > 2 && word.charAt(n - 1) == 'y') {
      return word.substring(0, n - 1) + "i";
    }
    boolean doubled = n > 3 && word.charAt(n - 1) == word.charAt(n - 2);
    return doubled && "aeious".indexOf(word.charAt(n - 1)) < 0 ? word.substring(0, n - 1) : word;
  }

  private static boolean isWord(String word) {
    return word.chars().allMatch(c -> Character.isLetter(c) || c == '\'');
  }

  private static boolean hasVowel(String word, int end) {
    return word.chars().limit(end).anyMatch(c -> "aeiouy".indexOf(c) >= 0);
  }
}
