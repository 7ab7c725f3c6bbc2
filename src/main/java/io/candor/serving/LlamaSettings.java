package io.candor.serving;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link LlamaChatModel} runs on.
 *
 * @param libraries folder of llama.cpp's shared libraries
 * @param model GGUF file
 * @param threads that compute
 * @param contextSize the most tokens of a prompt and its answer together
 * @param sequences how many requests are served at once, and prompt beginnings kept computed
 * @param batch tokens of a prompt computed at once
 * @param queue the most requests that wait
 * @param maxOutputTokens of an answer, where the request does not say
 * @param requestTimeout the longest time from a request to its complete answer
 * @param stepTimeout a computation that takes longer is taken for broken
 * @param drafts whether the next tokens are guessed from the prompt and verified together
 */
public record LlamaSettings(
    Path libraries,
    Path model,
    int threads,
    int contextSize,
    int sequences,
    int batch,
    int queue,
    int maxOutputTokens,
    Duration requestTimeout,
    Duration stepTimeout,
    boolean drafts) {
  public LlamaSettings {
    atLeast(1, threads, "threads");
    atLeast(16, contextSize, "context-size");
    atLeast(1, sequences, "sequences");
    atLeast(1, batch, "batch");
    atLeast(1, queue, "queue");
    atLeast(1, maxOutputTokens, "max-output-tokens");
    atLeast(1, requestTimeout.toMillis(), "request-timeout");
    atLeast(1, stepTimeout.toMillis(), "step-timeout");
  }

  /** The same for one request at a time, and nothing guessed ahead. */
  public LlamaSettings alone() {
    return new LlamaSettings(
        libraries,
        model,
        threads,
        contextSize,
        1,
        batch,
        queue,
        maxOutputTokens,
        requestTimeout,
        stepTimeout,
        false);
  }

  /** The size of the model file. */
  long weightBytes() {
    return model.toFile().length();
  }

  /**
   * As the server is configured.
   *
   * @throws IllegalArgumentException if a path is not set
   */
  static LlamaSettings of(ServingConfig config) {
    return new LlamaSettings(
        required(config.llamaLibraryPath(), "llama-library-path"),
        required(config.model(), "model"),
        config.threads().orElseGet(Runtime.getRuntime()::availableProcessors),
        config.contextSize(),
        config.sequences(),
        config.batch(),
        config.queue(),
        config.maxOutputTokens(),
        config.requestTimeout(),
        config.stepTimeout(),
        config.drafts());
  }

  /** As a server is configured that is told nothing but where these are. */
  public static LlamaSettings usual(Path libraries, Path model) {
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ServingConfig.class)
            .withDefaultValue("candor.serving.llama-library-path", libraries.toString())
            .withDefaultValue("candor.serving.model", model.toString())
            .build();
    return of(config.getConfigMapping(ServingConfig.class));
  }

  static <T> T required(Optional<T> setting, String name) {
    return setting.orElseThrow(
        () -> new IllegalArgumentException("candor.serving." + name + " is not set"));
  }

  private static void atLeast(int least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          "candor.serving.%s must be at least %d, not %d".formatted(name, least, value));
    }
  }
}
