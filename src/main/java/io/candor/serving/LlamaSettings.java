package io.candor.serving;

import java.nio.file.Path;

/**
 * What a {@link LlamaChatModel} runs on.
 *
 * @param libraries folder of llama.cpp's shared libraries
 * @param model GGUF file
 * @param threads that compute
 * @param contextSize the most tokens of a prompt and its answer together
 * @param sequences how many prompt beginnings are kept computed
 * @param batch tokens of a prompt computed at once; prompt beginnings are kept in blocks of this
 *     size
 * @param queue the most requests that wait
 * @param maxOutputTokens of an answer, where the request does not say
 */
public record LlamaSettings(
    Path libraries,
    Path model,
    int threads,
    int contextSize,
    int sequences,
    int batch,
    int queue,
    int maxOutputTokens) {
  public LlamaSettings {
    atLeast(1, threads, "threads");
    atLeast(16, contextSize, "context-size");
    atLeast(1, sequences, "sequences");
    atLeast(1, batch, "batch");
    atLeast(1, queue, "queue");
    atLeast(1, maxOutputTokens, "max-output-tokens");
  }

  private static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          "candor.serving.%s must be at least %d, not %d".formatted(name, least, value));
    }
  }
}
