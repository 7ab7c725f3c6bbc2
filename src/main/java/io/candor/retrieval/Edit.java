package io.candor.retrieval;

import java.util.Optional;

/** The one edit that parts a misspelling from the word that was meant, the likeliest first. */
enum Edit {
  /** Two neighbours swapped, or a letter doubled or not: "teh", "adress". */
  SLIP,
  /** A letter left out: "delivry". */
  OMISSION,
  /** A letter too many: "delilvery". */
  INSERTION,
  /** One letter for another: "delivary". */
  SUBSTITUTION;

  /** Empty where the words are equal or further than one edit apart (Damerau-Levenshtein). */
  static Optional<Edit> between(String written, String meant) {
    int shorter = Math.min(written.length(), meant.length());
    if (Math.max(written.length(), meant.length()) - shorter > 1) {
      return Optional.empty();
    }
    int start = 0;
    while (start < shorter && written.charAt(start) == meant.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && written.charAt(written.length() - 1 - end) == meant.charAt(meant.length() - 1 - end)) {
      end++;
    }
    if (Math.max(written.length(), meant.length()) - start - end > 2) {
      return Optional.empty();
    }
    var wrong = written.substring(start, written.length() - end);
    var right = meant.substring(start, meant.length() - end);
    if (wrong.length() == 2 && right.length() == 2) {
      return wrong.charAt(0) == right.charAt(1) && wrong.charAt(1) == right.charAt(0)
          ? Optional.of(SLIP)
          : Optional.empty();
    }
    if (wrong.length() > 1 || right.length() > 1 || wrong.equals(right)) {
      return Optional.empty();
    }
    if (!wrong.isEmpty() && !right.isEmpty()) {
      return Optional.of(SUBSTITUTION);
    }
    var repeats = start > 0 && (wrong + right).charAt(0) == written.charAt(start - 1);
    return Optional.of(repeats ? SLIP : wrong.isEmpty() ? OMISSION : INSERTION);
  }
}
