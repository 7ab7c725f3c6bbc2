package io.candor.serving;

import io.candor.CandorParts;
import java.nio.file.Path;
import java.time.Duration;

/** The default model and llama.cpp's libraries, as the set-up leaves them. */
final class LocalModel {
  private LocalModel() {}

  static Path libraries() {
    return Path.of(CandorParts.configuration().get("candor.serving.llama-library-path"));
  }

  static Path file() {
    return Path.of(CandorParts.configuration().get("candor.serving.model"));
  }

  static LlamaSettings settings(int sequences, int contextSize) {
    return settings(sequences, contextSize, 64);
  }

  static LlamaSettings settings(int sequences, int contextSize, int batch) {
    return settings(sequences, contextSize, batch, 2);
  }

  static LlamaSettings settings(int sequences, int contextSize, int batch, int queue) {
    return new LlamaSettings(
        libraries(),
        file(),
        2,
        contextSize,
        sequences,
        batch,
        queue,
        64,
        Duration.ofMinutes(2),
        Duration.ofSeconds(30),
        true);
  }
}
