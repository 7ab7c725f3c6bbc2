package io.candor.serving;

import io.candor.CandorParts;
import java.nio.file.Path;

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
    return new LlamaSettings(libraries(), file(), 2, contextSize, sequences, batch, 2, 64);
  }
}
