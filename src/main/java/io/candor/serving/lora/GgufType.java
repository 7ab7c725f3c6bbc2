package io.candor.serving.lora;

/** The types of metadata values, by the numbers that GGUF gives them. */
final class GgufType {
  static final int UINT32 = 4;
  static final int FLOAT32 = 6;
  static final int TEXT = 8;
  static final int ARRAY = 9;

  private GgufType() {}

  /** Reads a value that is no array. */
  static Object next(LittleEndian in, int type) {
    return switch (type) {
      case 0, 1, 7 -> in.nextByte();
      case 2, 3 -> in.nextShort();
      case UINT32, 5 -> in.nextInt();
      case FLOAT32 -> in.nextFloat();
      case TEXT -> in.nextText();
      case 10, 11 -> in.nextLong();
      case 12 -> Double.longBitsToDouble(in.nextLong());
      default -> throw unknown(type);
    };
  }

  /** The bytes of a value that is neither an array nor text. */
  static int bytes(int type) {
    return switch (type) {
      case 0, 1, 7 -> 1;
      case 2, 3 -> 2;
      case UINT32, 5, FLOAT32 -> 4;
      case 10, 11, 12 -> 8;
      default -> throw unknown(type);
    };
  }

  private static IllegalArgumentException unknown(int type) {
    return new IllegalArgumentException(
        "the file has metadata of a type that GGUF does not know: %d".formatted(type));
  }
}
