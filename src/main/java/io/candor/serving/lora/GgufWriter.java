package io.candor.serving.lora;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes GGUF files of version 3. */
public final class GgufWriter {
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;

  /**
   * A tensor to be written.
   *
   * @param shape the length of a row first, as ggml counts
   * @param type as which the values are written
   * @param values row after row; asked for when they are written
   */
  public record Values(String name, List<Long> shape, BlockType type, Supplier<float[]> values) {
    /** Of 32-bit values. */
    public Values(String name, List<Long> shape, Supplier<float[]> values) {
      this(name, shape, BlockType.F32, values);
    }

    public Values(String name, List<Long> shape, float[] values) {
      this(name, shape, () -> values);
      if (count() != values.length) {
        throw new IllegalArgumentException(
            "%s of shape %s has %d values".formatted(name, shape, values.length));
      }
    }

    long count() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  private final OutputStream out;
  private long written;

  private GgufWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a file.
   *
   * @param metadata of texts, floats, integers, and what another file has ({@link
   *     GgufReader#entries})
   */
  public static void write(Path file, Map<String, ?> metadata, List<Values> tensors)
      throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      new GgufWriter(out).write(metadata, tensors);
    }
  }

  private void write(Map<String, ?> metadata, List<Values> tensors) throws IOException {
    bytes("GGUF".getBytes(UTF_8));
    integer(VERSION);
    count(tensors.size());
    count(metadata.size());
    for (var entry : metadata.entrySet()) {
      text(entry.getKey());
      value(entry.getValue());
    }
    long offset = 0;
    for (var tensor : tensors) {
      place(tensor, offset);
      offset += aligned(tensor.type().size(tensor.count()));
    }
    for (var tensor : tensors) {
      pad();
      bytes(tensor.type().written(tensor.values().get()));
    }
    pad();
  }

  private void value(Object value) throws IOException {
    switch (value) {
      case String text -> {
        integer(GgufType.TEXT);
        text(text);
      }
      case Float number -> {
        integer(GgufType.FLOAT32);
        integer(Float.floatToIntBits(number));
      }
      case Integer number -> {
        integer(GgufType.UINT32);
        integer(number);
      }
      case MemorySegment entry -> bytes(entry.toArray(ValueLayout.JAVA_BYTE));
      default -> throw new IllegalArgumentException("no metadata: " + value);
    }
  }

  private void place(Values tensor, long offset) throws IOException {
    text(tensor.name());
    integer(tensor.shape().size());
    for (long length : tensor.shape()) {
      count(length);
    }
    integer(tensor.type().number());
    count(offset);
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
  }

  private void pad() throws IOException {
    bytes(new byte[(int) (aligned(written) - written)]);
  }

  private void text(String text) throws IOException {
    var encoded = text.getBytes(UTF_8);
    count(encoded.length);
    bytes(encoded);
  }

  private void integer(int value) throws IOException {
    bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void count(long value) throws IOException {
    bytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private void bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    written += bytes.length;
  }
}
