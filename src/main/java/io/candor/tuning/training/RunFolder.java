package io.candor.tuning.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of a run lie. */
final class RunFolder {
  private static final String TRAIN = "train.tokens";
  private static final String VALIDATION = "validation.tokens";

  private static final long LOGS = 50_000_000;

  private RunFolder() {}

  /** What is served: the adapter, or the model where all weights were trained. */
  static Path result(Path folder, TrainingSettings settings) {
    return folder.resolve(settings.full() ? "model.gguf" : "adapter.gguf");
  }

  static Path log(Path folder) {
    return folder.resolve("log.txt");
  }

  /** Checkpoint, best result and the next of each take several times what is trained. */
  static void requireSpace(Path folder, LlamaShape shape, TrainingSettings settings)
      throws IOException {
    long bytes = 2 * TrainingMemory.trained(shape, settings) + LOGS;
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw new IllegalArgumentException(
          "%s has %d MB free and %d MB are needed: free some, or set CANDOR_HOME to another disk"
              .formatted(folder, free / 1_000_000, bytes / 1_000_000));
    }
  }

  /** What is needed to go on. */
  static Path checkpoint(Path folder) throws IOException {
    return Files.createDirectories(folder.resolve("checkpoint"));
  }

  static Trainer.Examples examples(Path folder) throws IOException {
    var checkpoint = checkpoint(folder);
    return new Trainer.Examples(
        TokenFile.read(checkpoint.resolve(TRAIN)), TokenFile.read(checkpoint.resolve(VALIDATION)));
  }

  static void write(Path folder, Trainer.Examples examples) throws IOException {
    var checkpoint = checkpoint(folder);
    TokenFile.write(checkpoint.resolve(TRAIN), examples.train());
    TokenFile.write(checkpoint.resolve(VALIDATION), examples.validation());
  }
}
