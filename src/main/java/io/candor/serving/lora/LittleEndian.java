package io.candor.serving.lora;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads one value after the other; an IndexOutOfBoundsException where there is none. */
final class LittleEndian {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private long position;

  LittleEndian(MemorySegment bytes, long position) {
    this.bytes = bytes;
    this.position = position;
  }

  long position() {
    return position;
  }

  byte nextByte() {
    return bytes.get(ValueLayout.JAVA_BYTE, advance(Byte.BYTES));
  }

  short nextShort() {
    return bytes.get(SHORT, advance(Short.BYTES));
  }

  int nextInt() {
    return bytes.get(INT, advance(Integer.BYTES));
  }

  float nextFloat() {
    return Float.intBitsToFloat(nextInt());
  }

  long nextLong() {
    return bytes.get(LONG, advance(Long.BYTES));
  }

  /** A length that is followed by so much that the file can hold it. */
  long nextCount() {
    long count = nextLong();
    if (count < 0 || count > bytes.byteSize() - position) {
      throw new IndexOutOfBoundsException("a count of %d at %d".formatted(count, position));
    }
    return count;
  }

  String nextText() {
    long length = nextCount();
    long start = advance(length);
    return new String(bytes.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
  }

  void skip(long count, int bytesEach) {
    advance(Math.multiplyExact(count, bytesEach));
  }

  /** Moves on; returns the position before. */
  private long advance(long count) {
    long before = position;
    position = Math.addExact(before, count);
    return before;
  }
}
