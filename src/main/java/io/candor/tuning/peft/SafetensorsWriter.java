package io.candor.tuning.peft;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.serving.lora.Matrix;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes matrices of 32-bit values to a file that {@link Safetensors} reads. */
final class SafetensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  static void write(Path file, Map<String, Matrix> matrices) throws IOException {
    var header = JSON.createObjectNode();
    header.putObject(Safetensors.METADATA).put("format", "pt");
    long offset = 0;
    for (var entry : matrices.entrySet()) {
      var matrix = entry.getValue();
      var tensor = header.putObject(entry.getKey()).put("dtype", "F32");
      tensor.putArray("shape").add(matrix.rows()).add(matrix.rowLength());
      var place = tensor.putArray("data_offsets").add(offset);
      offset += (long) matrix.values().length * Float.BYTES;
      place.add(offset);
    }
    var text = header.toString();
    text += " ".repeat(Math.floorMod(-text.getBytes(UTF_8).length, ALIGNMENT));
    var encoded = text.getBytes(UTF_8);
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(buffer(Long.BYTES).putLong(encoded.length).array());
      out.write(encoded);
      for (var matrix : matrices.values()) {
        var bytes = buffer(matrix.values().length * Float.BYTES);
        bytes.asFloatBuffer().put(matrix.values());
        out.write(bytes.array());
      }
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
