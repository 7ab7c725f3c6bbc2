package io.candor.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Converts a model file; set-up calls it once. */
public final class ModelConverter {
  private static final int FTYPE_MOSTLY_Q8_0 = 7;

  private ModelConverter() {}

  /**
   * Writes a GGUF model with 8-bit weights: Q4_1, the form the default model comes in, has no fast
   * kernels on CPUs. A weight {@code d * q + m} is rounded to one of 255 steps over its block of
   * 32. The file appears only when it is complete.
   *
   * @param llamaLibraries the folder of llama.cpp's shared libraries
   */
  public static void toQ8(Path llamaLibraries, Path in, Path out) throws IOException {
    var target = out.toAbsolutePath();
    Files.createDirectories(target.getParent());
    var unfinished = target.resolveSibling(target.getFileName() + ".part");
    try {
      LlamaNative.load(llamaLibraries).quantize(in, unfinished, FTYPE_MOSTLY_Q8_0);
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
