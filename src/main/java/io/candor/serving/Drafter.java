package io.candor.serving;

import java.util.Arrays;

/**
 * Guesses the next tokens of an answer from its prompt (prompt lookup decoding): an answer repeats
 * its evidence, so what followed the same words there is likely to follow here. Right or wrong, a
 * guess is only ever a guess: the model's own choice decides.
 */
final class Drafter {
  private static final int LEAST_MATCH = 2;
  private static final int MOST_MATCH = 24;

  /** Before anything is known: drafts of some tokens are worth a try. */
  private static final double RIGHT_AT_FIRST = 3;

  private static final double WRONG_AT_FIRST = 1;

  /** How much of what was seen still counts after the next draft. */
  private static final double MEMORY = .9;

  private final int[] prompt;
  private double right = RIGHT_AT_FIRST;
  private double wrong = WRONG_AT_FIRST;

  Drafter(int[] prompt) {
    this.prompt = prompt;
  }

  /**
   * The tokens that followed the longest match of the text's end in the prompt, the latest of equal
   * ones; none without a match.
   *
   * @param text prompt and answer
   * @param length how much of the text there is
   */
  int[] draft(int[] text, int length, int most) {
    if (most < 1) {
      return new int[0];
    }
    int best = -1;
    int bestMatch = LEAST_MATCH - 1;
    int answer = length - prompt.length;
    for (int end = prompt.length - 1; end >= LEAST_MATCH && answer > 0; end--) {
      int match = 0;
      while (match < MOST_MATCH
          && match < end
          && prompt[end - 1 - match] == text[length - 1 - match]) {
        match++;
      }
      if (match > bestMatch) {
        best = end;
        bestMatch = match;
      }
    }
    return best < 0
        ? new int[0]
        : Arrays.copyOfRange(prompt, best, Math.min(best + most, prompt.length));
  }

  /** Learns how many of a draft's tokens the model chose as well. */
  void learn(int drafted, int accepted) {
    right = MEMORY * right + accepted;
    wrong = MEMORY * wrong + (accepted < drafted ? 1 : 0);
  }

  /** The probability that the next drafted token is what the model chooses. */
  double acceptance() {
    return right / (right + wrong + .1);
  }
}
