package io.candor.serving.lora;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The types of values that can be read as floats, and some of them written. Quantised ones come in
 * blocks of 32 with a scale, as ggml-quants.c of the ggml project lays them out.
 */
enum BlockType {
  F32(Gguf.F32, 1, 4) {
    @Override
    void read(MemorySegment in, long at, float[] out, int to) {
      out[to] = in.get(FLOAT, at);
    }

    @Override
    void write(float[] in, int from, ByteBuffer out) {
      out.putFloat(in[from]);
    }
  },
  F16(Gguf.F16, 1, 2) {
    @Override
    void read(MemorySegment in, long at, float[] out, int to) {
      out[to] = half(in, at);
    }
  },
  BF16(Gguf.BF16, 1, 2) {
    @Override
    void read(MemorySegment in, long at, float[] out, int to) {
      out[to] = Float.intBitsToFloat(in.get(SHORT, at) << Short.SIZE);
    }
  },
  Q4_0(2, 32, 18) {
    @Override
    void read(MemorySegment in, long at, float[] out, int to) {
      nibbles(in, at + 2, out, to, half(in, at), -8 * half(in, at));
    }
  },
  Q4_1(3, 32, 20) {
    @Override
    void read(MemorySegment in, long at, float[] out, int to) {
      nibbles(in, at + 4, out, to, half(in, at), half(in, at + 2));
    }
  },
  Q8_0(8, 32, 34) {
    @Override
    void read(MemorySegment in, long at, float[] out, int to) {
      float scale = half(in, at);
      for (int i = 0; i < 32; i++) {
        out[to + i] = scale * in.get(ValueLayout.JAVA_BYTE, at + 2 + i);
      }
    }

    @Override
    void write(float[] in, int from, ByteBuffer out) {
      scaled(in, from, out);
    }
  };

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int number;
  private final int values;
  private final int bytes;

  /**
   * @param number ggml's
   * @param values in a block
   * @param bytes of a block
   */
  BlockType(int number, int values, int bytes) {
    this.number = number;
    this.values = values;
    this.bytes = bytes;
  }

  static Optional<BlockType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  int number() {
    return number;
  }

  /** Of so many values, in bytes. */
  long size(long count) {
    return count / values * bytes;
  }

  abstract void read(MemorySegment in, long at, float[] out, int to);

  /** Writes a block. */
  void write(float[] in, int from, ByteBuffer out) {
    throw new UnsupportedOperationException(name() + " is only read");
  }

  /** Whole blocks of values, as they lie in a file. */
  byte[] written(float[] in) {
    var out = ByteBuffer.allocate(Math.toIntExact(size(in.length))).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < in.length; i += values) {
      write(in, i, out);
    }
    return out.array();
  }

  /** Values of a tensor that starts at a place; the first one begins a block. */
  float[] read(MemorySegment in, long start, long first, int count) {
    var out = new float[count];
    long at = start + first / values * bytes;
    for (int i = 0; i < count; i += values, at += bytes) {
      read(in, at, out, i);
    }
    return out;
  }

  /** The largest of a block's values becomes 127. */
  private static void scaled(float[] in, int from, ByteBuffer out) {
    float largest = 0;
    for (int i = 0; i < 32; i++) {
      largest = Math.max(largest, Math.abs(in[from + i]));
    }
    float scale = largest / Byte.MAX_VALUE;
    out.putShort(Float.floatToFloat16(scale));
    for (int i = 0; i < 32; i++) {
      out.put((byte) (scale == 0 ? 0 : Math.round(in[from + i] / scale)));
    }
  }

  private static float half(MemorySegment in, long at) {
    return Float.float16ToFloat(in.get(SHORT, at));
  }

  /** The low halves of the bytes are the first 16 values, the high halves the others. */
  private static void nibbles(
      MemorySegment in, long at, float[] out, int to, float scale, float least) {
    for (int i = 0; i < 16; i++) {
      int pair = in.get(ValueLayout.JAVA_BYTE, at + i);
      out[to + i] = scale * (pair & 15) + least;
      out[to + i + 16] = scale * (pair >> 4 & 15) + least;
    }
  }
}
