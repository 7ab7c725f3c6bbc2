package io.candor.serving;

import java.util.Arrays;

/**
 * Guesses the next tokens of an answer from its prompt (prompt lookup decoding): an answer repeats
 * its evidence, so what followed the same words there is likely to follow here. A guess is only a
 * guess: the model's own choice decides.
 */
final class Drafter {
  private static final int LEAST_MATCH = 2;
  private static final int MOST_MATCH = 24;

  private Drafter() {}

  /**
   * Tokens that may come next.
   *
   * @param match how many tokens before them are the same in prompt and text
   */
  record Draft(int[] tokens, int match) {
    static final Draft NONE = new Draft(new int[0], 0);

    int length() {
      return tokens.length;
    }
  }

  /**
   * The tokens that followed the longest match of the text's end in the prompt, the latest of equal
   * ones; none without a match.
   *
   * @param text prompt and answer, {@code length} tokens of it
   */
  static Draft draft(int[] prompt, int[] text, int length, int most) {
    if (most < 1 || length <= prompt.length) {
      return Draft.NONE;
    }
    int best = 0;
    int bestMatch = LEAST_MATCH - 1;
    for (int end = prompt.length - 1; end > bestMatch; end--) {
      int match = match(prompt, end, text, length);
      if (match > bestMatch) {
        best = end;
        bestMatch = match;
      }
    }
    return best == 0
        ? Draft.NONE
        : new Draft(
            Arrays.copyOfRange(prompt, best, Math.min(best + most, prompt.length)), bestMatch);
  }

  private static int match(int[] prompt, int end, int[] text, int length) {
    int match = 0;
    while (match < Math.min(MOST_MATCH, end)
        && prompt[end - 1 - match] == text[length - 1 - match]) {
      match++;
    }
    return match;
  }
}
