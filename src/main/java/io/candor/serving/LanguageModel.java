package io.candor.serving;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * The one language model of this server, local or remote as configured. {@code chat} injects it as
 * {@link StreamingChatModel}; {@code ops} asks whether it is ready.
 */
@Singleton
public final class LanguageModel implements StreamingChatModel {
  private static final Logger LOG = Logger.getLogger(LanguageModel.class);

  private final ServingConfig config;
  private final CompletableFuture<StreamingChatModel> loaded = new CompletableFuture<>();
  private final CompletableFuture<ModelIdentity> identity = new CompletableFuture<>();

  LanguageModel(ServingConfig config) {
    this.config = config;
  }

  /** Loads in the background: the server starts meanwhile and reports that it is not ready. */
  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().name("model-loader").daemon().start(this::load);
  }

  void load() {
    try {
      loaded.complete(config.remote().url().isPresent() ? remote() : local());
      identity.complete(identify());
      LOG.infof("language model %s is ready", identity.join().base());
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the language model cannot be used: " + e.getMessage());
      LOG.debug("the language model cannot be used", e);
      loaded.completeExceptionally(e);
      identity.completeExceptionally(e);
    }
  }

  private StreamingChatModel remote() {
    var remote = config.remote();
    // Many model servers do not understand the upgrade to HTTP/2 that this client would offer.
    var http1 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    return OpenAiStreamingChatModel.builder()
        .httpClientBuilder(JdkHttpClient.builder().httpClientBuilder(http1))
        .baseUrl(remote.url().orElseThrow())
        .modelName(required(remote.model(), "remote.model"))
        .apiKey(remote.apiKey().orElse("none")) // servers without keys ignore it
        .timeout(remote.timeout())
        .maxTokens(config.maxOutputTokens())
        .temperature(0.0)
        .build();
  }

  private StreamingChatModel local() {
    return new LlamaChatModel(
        new LlamaSettings(
            required(config.llamaLibraryPath(), "llama-library-path"),
            modelFile(),
            config.threads().orElseGet(Runtime.getRuntime()::availableProcessors),
            config.contextSize(),
            config.sequences(),
            config.batch(),
            config.queue(),
            config.maxOutputTokens(),
            config.requestTimeout(),
            config.stepTimeout()));
  }

  private Path modelFile() {
    return required(config.model(), "model");
  }

  private static <T> T required(Optional<T> setting, String name) {
    return setting.orElseThrow(
        () -> new IllegalArgumentException("candor.serving." + name + " is not set"));
  }

  private ModelIdentity identify() {
    return config.remote().url().isPresent()
        ? ModelIdentity.remote(required(config.remote().model(), "remote.model"))
        : ModelIdentity.of(modelFile());
  }

  /** Completes when the model can answer, exceptionally if it never will. */
  public CompletableFuture<Void> ready() {
    return CompletableFuture.allOf(loaded, identity);
  }

  /** Which model this is; waits until it is loaded. */
  public ModelIdentity identity() {
    return join(identity);
  }

  /** Computes the beginning of prompts ahead, if the model is local. */
  public void warm(List<ChatMessage> prefix) {
    if (delegate() instanceof LlamaChatModel local) {
      local.warm(prefix).join();
    }
  }

  /**
   * How likely the model finds an answer to a prompt: each of its tokens' natural log-probability,
   * given all before it; empty for a remote model. Perplexity is {@code exp} of their negated mean.
   */
  public Optional<List<Double>> score(List<ChatMessage> prompt, String answer) {
    return delegate() instanceof LlamaChatModel local
        ? Optional.of(local.score(prompt, answer))
        : Optional.empty();
  }

  /** The model itself; waits until it is loaded. */
  StreamingChatModel delegate() {
    return join(loaded);
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "the language model cannot be used: " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
    delegate().chat(request, handler);
  }

  @PreDestroy
  void close() {
    loaded.thenAccept(model -> {
      if (model instanceof LlamaChatModel local) {
        local.close();
      }
    });
  }
}
