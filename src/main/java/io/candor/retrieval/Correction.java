package io.candor.retrieval;

import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a misspelt word may have meant, one edit away.
 *
 * @param passages of the tenant that have the word, counted up to a limit
 * @param rank its place among common English words, by frequency
 */
record Correction(String written, String meant, Edit edit, int passages, int rank) {
  /** By the noisy channel: how likely the word is, times how likely the edit. */
  static final Comparator<Correction> LIKELIEST =
      Comparator.comparingDouble(Correction::cost).thenComparing(Correction::meant);

  /** Flattens the ranks of the commonest words, which would otherwise win every time. */
  private static final int FLATTENING = 30;

  private static final int SHORT = 5;
  private static final int SHORTEST = 3;
  private static final int COMMONEST = 300;

  /** One, or none where the words are equal or more than one edit apart. */
  static Stream<Correction> of(String written, String meant, int passages, EnglishWords english) {
    return Edit.between(written, meant)
        .map(edit -> new Correction(written, meant, edit, passages, english.rank(meant)))
        .stream();
  }

  /**
   * Whether it may be meant where the documents do not have it: few letters are one edit away from
   * many words, and hardly anyone mistakes the first letter but by swapping it.
   */
  boolean isLikelyAnywhere() {
    return switch (edit) {
      case SLIP -> written.length() > SHORTEST || rank < COMMONEST;
      case OMISSION -> written.length() >= SHORT - 1 && keepsFirstLetter();
      case INSERTION, SUBSTITUTION -> written.length() > SHORT && keepsFirstLetter();
    };
  }

  private double cost() {
    double unlikely =
        switch (edit) {
          case SLIP -> 0;
          case OMISSION, INSERTION -> 1;
          case SUBSTITUTION -> 1.5;
        };
    double start = edit == Edit.SLIP || keepsFirstLetter() ? 0 : 2;
    return unlikely + start + Math.log(FLATTENING + rank) - Math.log1p(passages);
  }

  private boolean keepsFirstLetter() {
    return written.charAt(0) == meant.charAt(0);
  }
}
