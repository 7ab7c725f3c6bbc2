package io.candor.tuning.peft;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.serving.lora.Matrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads matrices from a safetensors file: the header's length in 8 bytes, a header in JSON, the
 * values. A file is not to be trusted: whatever it says of lengths is checked against its own.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class Safetensors implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String METADATA = "__metadata__";
  private static final int MOST_HEADER = 100_000_000; // the format's own limit

  private final Path file;
  private final Arena arena = Arena.ofConfined();
  private final JsonNode header;
  private final MemorySegment data;

  /**
   * Maps the file and reads its header.
   *
   * @throws IllegalArgumentException that says what is wrong with the file
   */
  Safetensors(Path file) throws IOException {
    this.file = file.getFileName();
    try (var channel = FileChannel.open(file)) {
      var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      long length = littleEndian(bytes.asSlice(0, Long.BYTES)).getLong();
      if (length > MOST_HEADER) {
        throw damaged(null);
      }
      var text = UTF_8.decode(bytes.asSlice(Long.BYTES, length).asByteBuffer());
      header = JSON.readTree(text.toString());
      data = bytes.asSlice(Long.BYTES + length);
    } catch (IndexOutOfBoundsException | JsonProcessingException e) {
      arena.close();
      throw damaged(e);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private IllegalArgumentException damaged(Exception cause) {
    return new IllegalArgumentException(
        "%s is no safetensors file, or cut off or damaged".formatted(file), cause);
  }

  List<String> names() {
    return header
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals(METADATA))
        .toList();
  }

  /**
   * Reads one matrix.
   *
   * @throws IllegalArgumentException if there is none of that name, or of a type that is not read
   */
  Matrix matrix(String name) {
    var entry = header.path(name);
    var type = entry.path("dtype").asText();
    var shape = entry.path("shape");
    if (shape.size() != 2) {
      throw new IllegalArgumentException("%s: %s is not a matrix".formatted(file, name));
    }
    int size =
        switch (type) {
          case "F32" -> Float.BYTES;
          case "F16", "BF16" -> Short.BYTES;
          default ->
              throw new IllegalArgumentException(
                  "%s: %s has values of type %s; F32, F16 and BF16 can be read"
                      .formatted(file, name, type));
        };
    long start = entry.path("data_offsets").path(0).asLong(-1);
    long end = entry.path("data_offsets").path(1).asLong(-1);
    int rowLength = shape.path(1).asInt();
    try {
      int count = Math.multiplyExact(shape.path(0).asInt(), rowLength);
      if (count < 1 || rowLength < 1 || end - start != (long) count * size) {
        throw damaged(null);
      }
      return new Matrix(
          rowLength, values(type, littleEndian(data.asSlice(start, end - start)), count));
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw damaged(e);
    }
  }

  private static float[] values(String type, ByteBuffer in, int count) {
    var values = new float[count];
    if (type.equals("F32")) {
      in.asFloatBuffer().get(values);
      return values;
    }
    boolean half = type.equals("F16");
    for (int i = 0; i < count; i++) {
      short bits = in.getShort();
      values[i] = half ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << Short.SIZE);
    }
    return values;
  }

  private static ByteBuffer littleEndian(MemorySegment bytes) {
    return bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    arena.close();
  }
}
