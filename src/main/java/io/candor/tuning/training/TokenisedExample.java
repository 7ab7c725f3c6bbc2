package io.candor.tuning.training;

/**
 * An example as the model reads it.
 *
 * @param tokens of the prompt, the answer and the end of its turn
 * @param answerStart the first token of the answer
 */
record TokenisedExample(int[] tokens, int answerStart) {
  TokenisedExample {
    if (answerStart < 1 || answerStart >= tokens.length) {
      throw new IllegalArgumentException(
          "an answer cannot start at %d of %d tokens".formatted(answerStart, tokens.length));
    }
  }

  int length() {
    return tokens.length;
  }

  int answerLength() {
    return tokens.length - answerStart;
  }
}
