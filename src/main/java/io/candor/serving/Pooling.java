package io.candor.serving;

/** How the vectors of a text's tokens become one: a property of how the model was trained. */
public enum Pooling {
  /** The first token's. */
  CLS {
    @Override
    void pool(float[] tokens, float[] vector) {
      System.arraycopy(tokens, 0, vector, 0, vector.length);
    }
  },

  /** The mean of all. */
  MEAN {
    @Override
    void pool(float[] tokens, float[] vector) {
      for (int i = 0; i < tokens.length; i++) {
        vector[i % vector.length] += tokens[i]; // its length does not matter: it becomes 1
      }
    }
  };

  /**
   * Reduces the last hidden states of a text to one vector of any length.
   *
   * @param tokens one row per token
   * @param vector zeros, to be filled; as long as a row
   */
  abstract void pool(float[] tokens, float[] vector);
}
