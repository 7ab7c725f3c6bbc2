package io.candor.serving;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real parts on this machine, below {@code CANDOR_HOME}. */
final class LocalModel {
  private static final Path HOME =
      Path.of(System.getProperty("candor.home", System.getenv().getOrDefault("CANDOR_HOME", "")));

  private LocalModel() {}

  static Path libraries() {
    return present(HOME.resolve("parts/llama-0.5.0"));
  }

  static Path file() {
    return present(HOME.resolve("models/smollm2-135m-instruct-f16.gguf"));
  }

  static LlamaSettings settings(int sequences, int contextSize) {
    return new LlamaSettings(libraries(), file(), 2, contextSize, sequences, 64, 2, 64);
  }

  private static Path present(Path part) {
    if (!Files.exists(part)) {
      System.err.println("NOT TESTED, for this part is missing: " + part + " (set CANDOR_HOME)");
    }
    assumeTrue(Files.exists(part));
    return part;
  }
}
