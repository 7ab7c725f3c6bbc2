package io.candor.retrieval;

import io.candor.serving.TextEmbeddingModel;

/**
 * The vector that {@link Retriever} searches a message by. A message that tells a story and ends
 * with a question is a muddle of both as one vector; so the question's own is added to it.
 */
final class QueryVector {
  /** "Why is that?" is no question without what stands before it. */
  private static final int FEWEST_WORDS = 2;

  private QueryVector() {}

  /** Of length 1. */
  static float[] of(String message, TextEmbeddingModel model) {
    var whole = model.embedQuery(message).vector();
    var sentences = Words.sentences(message.strip());
    var last = sentences.getLast();
    return sentences.size() > 1 && last.endsWith("?") && Words.of(last).size() >= FEWEST_WORDS
        ? between(whole, model.embedQuery(last).vector())
        : whole;
  }

  private static float[] between(float[] one, float[] other) {
    var sum = new float[one.length];
    double squares = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = one[i] + other[i];
      squares += sum[i] * sum[i];
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= (float) Math.sqrt(squares);
    }
    return sum;
  }
}
