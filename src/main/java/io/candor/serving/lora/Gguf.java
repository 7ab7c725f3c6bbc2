package io.candor.serving.lora;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a GGUF file says of itself: its metadata, of which arrays are left out, and where its
 * tensors lie. {@link GgufReader} makes it.
 */
public record Gguf(Map<String, Object> metadata, Map<String, Tensor> tensors) {
  static final int F32 = 0;
  static final int F16 = 1;
  static final int BF16 = 30;

  /**
   * A tensor's place in the file.
   *
   * @param type ggml's number of it
   * @param shape the length of a row first, as ggml counts
   * @param start of its values, in bytes from the beginning of the file
   */
  public record Tensor(String name, int type, List<Long> shape, long start) {
    Tensor movedBy(long bytes) {
      return new Tensor(name, type, shape, Math.addExact(start, bytes));
    }

    /** Whether {@link GgufReader#values} can read it; the quantised types it cannot. */
    boolean isPlain() {
      return type == F32 || type == F16 || type == BF16;
    }

    public long values() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** What the values of a plain tensor take. */
    long bytes() {
      return Math.multiplyExact(values(), type == F32 ? Float.BYTES : Short.BYTES);
    }
  }

  /** A metadata value as text. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(metadata.get(key)).map(Object::toString);
  }

  /** A metadata value that is a number. */
  public Optional<Float> number(String key) {
    return metadata.get(key) instanceof Number number
        ? Optional.of(number.floatValue())
        : Optional.empty();
  }
}
