package io.candor.serving;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * The one language model of this server, local or remote as configured, or remote with a local one
 * that answers while it does not. {@code chat} injects it as {@link StreamingChatModel}; {@code
 * ops} asks whether it is ready.
 */
@Singleton
public final class LanguageModel implements StreamingChatModel {
  private static final Logger LOG = Logger.getLogger(LanguageModel.class);

  private final ServingConfig config;
  private final AdapterFiles adapters;
  private final CompletableFuture<StreamingChatModel> loaded = new CompletableFuture<>();
  private final CompletableFuture<ModelIdentity> identity = new CompletableFuture<>();
  private volatile LlamaChatModel local;

  LanguageModel(ServingConfig config, AdapterFiles adapters) {
    this.config = config;
    this.adapters = adapters;
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
    var remote = new RemoteChatModel(config.remote(), config.maxOutputTokens(), fallback());
    try {
      remote.check();
    } catch (RemoteFailure e) {
      LOG.warn(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return remote;
  }

  /** A local model that is configured beside a remote one; a broken one is no reason to stop. */
  private Optional<RemoteFallback> fallback() {
    if (config.model().isEmpty() || config.llamaLibraryPath().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RemoteFallback(local(), ModelIdentity.of(modelFile())));
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("no local model stands in for the remote one: " + e.getMessage());
      return Optional.empty();
    }
  }

  private StreamingChatModel local() {
    local = new LlamaChatModel(LlamaSettings.of(config), adapters);
    return local;
  }

  private Path modelFile() {
    return LlamaSettings.required(config.model(), "model");
  }

  private ModelIdentity identify() {
    return loaded.join() instanceof RemoteChatModel remote
        ? remote.identity(remote.defaultRequestParameters())
        : ModelIdentity.of(modelFile());
  }

  /** Completes when the model can answer, exceptionally if it never will. */
  public CompletableFuture<Void> ready() {
    return CompletableFuture.allOf(loaded, identity);
  }

  /** How the model is now. */
  public ModelState state() {
    if (!ready().isDone()) {
      return ModelState.LOADING;
    }
    if (ready().isCompletedExceptionally()) {
      return ModelState.ABSENT;
    }
    if (delegate() instanceof LlamaChatModel own && own.stalled()) {
      return ModelState.STALLED;
    }
    return delegate() instanceof RemoteChatModel remote && remote.isLeftAlone()
        ? ModelState.UNREACHABLE
        : ModelState.READY;
  }

  /** Which model this is; waits until it is loaded. */
  public ModelIdentity identity() {
    return join(identity);
  }

  /** Computes the beginning of prompts ahead, if there is a local model. */
  public void warm(List<ChatMessage> prefix) {
    delegate();
    if (local != null) {
      local.warm(prefix).join();
    }
  }

  /**
   * How likely the model finds an answer to a prompt: each of its tokens' natural log-probability,
   * given all before it; empty for a remote model. Perplexity is {@code exp} of their negated mean.
   */
  public Optional<List<Double>> score(
      List<ChatMessage> prompt, String answer, AdapterSet adapters) {
    return delegate() instanceof LlamaChatModel local
        ? Optional.of(local.score(prompt, answer, adapters))
        : Optional.empty();
  }

  /** What the local model has done; empty where there is none. */
  public Optional<EngineStatistics> statistics() {
    return Optional.ofNullable(local).map(LlamaChatModel::statistics);
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
    if (local != null) {
      local.close();
    }
  }
}
