package io.candor.retrieval;

/**
 * A stretch of a chunk that can be quoted: a sentence, a short list with its lead-in, an item of a
 * long one, or a row of a table.
 *
 * @param start in the chunk
 * @param words as a reader sees them
 * @param leadIn what an item or row cannot be understood without; null where it stands alone
 */
record Unit(int start, int end, String words, Unit leadIn) {
  int length() {
    return end - start;
  }

  Unit under(Unit leadIn) {
    return new Unit(start, end, words, leadIn);
  }

  Unit upTo(Unit last) {
    return new Unit(start, last.end, words + " " + last.words, leadIn);
  }
}
