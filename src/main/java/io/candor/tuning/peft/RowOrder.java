package io.candor.tuning.peft;

import io.candor.serving.lora.Matrix;

/**
 * Where the rows of a query or key weight lie. Rotary embeddings turn pairs of rows of a head:
 * Transformers pairs row i with row i + half, llama.cpp row 2i with row 2i + 1.
 *
 * @param heads whose rows are interleaved in GGUF; 0 for none
 */
record RowOrder(int heads) {
  static final RowOrder SAME = new RowOrder(0);

  /** Rows of PEFT in the order of GGUF. */
  Matrix toGguf(Matrix rows) {
    if (heads == 0) {
      return rows;
    }
    int size = headSize(rows);
    return rows.ordered(row -> row - row % size + row % 2 * (size / 2) + row % size / 2);
  }

  /** Rows of GGUF in the order of PEFT. */
  Matrix toPeft(Matrix rows) {
    if (heads == 0) {
      return rows;
    }
    int size = headSize(rows);
    int half = size / 2;
    return rows.ordered(row -> row - row % size + row % half * 2 + row % size / half);
  }

  private int headSize(Matrix rows) {
    if (rows.rows() % (2 * heads) != 0) {
      throw new IllegalArgumentException(
          "the adapter has %d rows for %d heads: it was trained for another base"
              .formatted(rows.rows(), heads));
    }
    return rows.rows() / heads;
  }
}
