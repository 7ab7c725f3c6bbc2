package io.candor.serving;

/** How a context keeps keys, by ggml's numbers of types. */
enum KeyType {
  /** Blocks of 32 in 8 bits: one attention kernel, whatever the number of rows and threads. */
  Q8_0(8, 34.0 / 32),

  /** For three kernels, which round differently. */
  F16(1, 2);

  private static final int BLOCK = 32;

  private final int number;
  private final double bytes;

  KeyType(int number, double bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  /** A head's keys must be whole blocks. */
  static KeyType of(LlamaModel.Shape shape) {
    return shape.headSize() % BLOCK == 0 ? Q8_0 : F16;
  }

  int number() {
    return number;
  }

  /** Bytes of one number, its part of the block's scale included. */
  double bytes() {
    return bytes;
  }
}
