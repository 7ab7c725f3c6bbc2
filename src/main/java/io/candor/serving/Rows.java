package io.candor.serving;

/**
 * What one call of llama.cpp computes: rows of a token each, at a position of a sequence. Confined
 * to the inference thread.
 */
final class Rows {
  private final int[] tokens;
  private final int[] positions;
  private final int[] sequences;
  private final boolean[] outputs;
  private int count;

  Rows(int capacity) {
    tokens = new int[capacity];
    positions = new int[capacity];
    sequences = new int[capacity];
    outputs = new boolean[capacity];
  }

  Rows clear() {
    count = 0;
    return this;
  }

  /**
   * Adds a row after those that its sequence holds and those already here.
   *
   * @param output whether the model's prediction after it will be asked for
   */
  void add(int token, int position, int sequence, boolean output) {
    tokens[count] = token;
    positions[count] = position;
    sequences[count] = sequence;
    outputs[count] = output;
    count++;
  }

  int count() {
    return count;
  }

  int token(int row) {
    return tokens[row];
  }

  int position(int row) {
    return positions[row];
  }

  int sequence(int row) {
    return sequences[row];
  }

  boolean output(int row) {
    return outputs[row];
  }
}
