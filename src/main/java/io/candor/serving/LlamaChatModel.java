package io.candor.serving;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A GGUF model run by llama.cpp in this process. {@link LanguageModel} makes it; tests and tools
 * may too.
 *
 * <p>The seed is taken from {@link OpenAiChatRequestParameters}, so that a request is the same for
 * local and remote models. Without a seed it is {@value #DEFAULT_SEED}: the same request always
 * gets the same answer.
 */
public final class LlamaChatModel implements ChatModel, StreamingChatModel, AutoCloseable {
  /**
   * The custom parameter of {@link OpenAiChatRequestParameters} that says what the answer may look
   * like, as llama.cpp's server names it: GBNF. Remote models, which may not know it, get none.
   */
  public static final String GRAMMAR = "grammar";

  private static final int DEFAULT_SEED = 0;

  private final LlamaSettings settings;
  private final String name;
  private final LlamaModel model;
  private final PromptTemplate template;
  private final LlamaEngine engine;

  /**
   * Loads the model; this takes some tenths of a second for a small one.
   *
   * @throws IllegalArgumentException if the libraries or the model file are missing or unusable
   */
  public LlamaChatModel(LlamaSettings settings) {
    this(
        settings,
        sha256 -> {
          throw new IllegalArgumentException("this model has no adapters");
        });
  }

  /** The same, with adapters. */
  LlamaChatModel(LlamaSettings settings, LlamaAdapters.Files adapters) {
    this.settings = settings;
    name = ModelIdentity.baseName(settings.model());
    var llama = LlamaNative.load(settings.libraries());
    model = llama.open(settings.model());
    try {
      if (settings.contextSize() > model.trainedContext()) {
        throw new IllegalArgumentException(
            "candor.serving.context-size is %d, but %s was trained for %d tokens at most"
                .formatted(settings.contextSize(), settings.model(), model.trainedContext()));
      }
      template = new PromptTemplate(llama, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    engine = new LlamaEngine(llama, model, settings, adapters);
  }

  /**
   * Starts an answer. Errors go to the handler. Cancelling the returned handle works at any time,
   * in the queue and while the prompt is computed too; the handler is not called afterwards.
   */
  StreamingHandle start(
      ChatRequest request, AdapterSet adapters, StreamingChatResponseHandler handler) {
    var generation = generation(request, adapters, handler);
    engine.submit(generation);
    return generation;
  }

  /** Computes the beginning of prompts ahead of the first request that has it. */
  public CompletableFuture<Void> warm(List<ChatMessage> prefix) {
    var done = new CompletableFuture<ChatResponse>();
    var prompt = checked(model.tokenize(template.render(prefix)));
    engine.submit(
        new LlamaGeneration(
            name, prompt, 0, Sampling.GREEDY, List.of(), "", AdapterSet.NONE, new Collector(done)));
    return done.thenApply(response -> null);
  }

  /**
   * How likely the model finds an answer to a prompt: each of its tokens' natural log-probability,
   * given all before it. Its perplexity is {@code exp} of their negated mean.
   *
   * @throws InvalidRequestException if the answer is empty or does not fit into the context
   */
  public List<Double> score(List<ChatMessage> prompt, String answer, AdapterSet adapters) {
    var before = model.tokenize(template.render(prompt));
    var after = model.tokenizeText(answer);
    if (after.length == 0) {
      throw new InvalidRequestException("an empty answer has no probability");
    }
    var tokens = Arrays.copyOf(before, before.length + after.length);
    System.arraycopy(after, 0, tokens, before.length, after.length);
    var scoring = new Scoring(checked(tokens), before.length, adapters);
    engine.submit(scoring);
    return await(scoring.result(), () -> scoring.result().cancel(false));
  }

  private LlamaGeneration generation(
      ChatRequest request, AdapterSet adapters, StreamingChatResponseHandler handler) {
    var parameters = defaultRequestParameters().overrideWith(request.parameters());
    checkSupported(parameters);
    return new LlamaGeneration(
        name,
        checked(model.tokenize(template.render(request.messages()))),
        maxOutputTokens(parameters),
        sampling(parameters),
        Objects.requireNonNullElse(parameters.stopSequences(), List.of()),
        user(parameters),
        adapters,
        handler);
  }

  /** The field of the protocol that says on whose behalf a request is made. */
  private static String user(ChatRequestParameters parameters) {
    return parameters instanceof OpenAiChatRequestParameters openAi && openAi.user() != null
        ? openAi.user()
        : "";
  }

  /** Whether a computation does not come to its end. */
  boolean stalled() {
    return engine.stalled();
  }

  /** What the model has done since it was loaded. */
  public EngineStatistics statistics() {
    return engine.statistics();
  }

  private static void checkSupported(ChatRequestParameters parameters) {
    if (parameters.toolSpecifications() != null && !parameters.toolSpecifications().isEmpty()) {
      throw new UnsupportedFeatureException("the local model calls no tools");
    }
  }

  private int[] checked(int[] prompt) {
    if (prompt.length >= settings.contextSize()) {
      throw new InvalidRequestException(
          "the prompt has %d tokens, which leaves no room for an answer in a context of %d: shorten it or "
              .concat("raise candor.serving.context-size")
              .formatted(prompt.length, settings.contextSize()));
    }
    return prompt;
  }

  private int maxOutputTokens(ChatRequestParameters parameters) {
    int tokens = parameters.maxOutputTokens();
    if (tokens < 1) {
      throw new InvalidRequestException("max output tokens must be at least 1, not " + tokens);
    }
    return tokens;
  }

  /** The format asked for, or the grammar; checked here, for the engine's thread is everybody's. */
  private Optional<String> grammar(ChatRequestParameters parameters) {
    var format = parameters.responseFormat();
    var grammar =
        format != null && format.type() == ResponseFormatType.JSON
            ? Optional.ofNullable(format.jsonSchema())
                .map(JsonGrammar::of)
                .or(() -> Optional.of(JsonGrammar.ofAnyObject()))
            : custom(parameters);
    grammar.ifPresent(gbnf -> model.newGrammar(gbnf).close());
    return grammar;
  }

  private static Optional<String> custom(ChatRequestParameters parameters) {
    return parameters instanceof OpenAiChatRequestParameters openAi
        ? Optional.ofNullable(openAi.customParameters())
            .map(custom -> custom.get(GRAMMAR))
            .map(Object::toString)
        : Optional.empty();
  }

  private Sampling sampling(ChatRequestParameters parameters) {
    var seed =
        parameters instanceof OpenAiChatRequestParameters openAi && openAi.seed() != null
            ? openAi.seed()
            : DEFAULT_SEED;
    try {
      return new Sampling(
          parameters.temperature(),
          parameters.topP(),
          Objects.requireNonNullElse(parameters.topK(), 0),
          seed,
          grammar(parameters));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage(), e);
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return OpenAiChatRequestParameters.builder()
        .modelName(name)
        .temperature(0.0)
        .topP(1.0)
        .maxOutputTokens(settings.maxOutputTokens())
        .build();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    try {
      start(request, AdapterSet.NONE, handler);
    } catch (RuntimeException e) {
      handler.onError(e);
    }
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    var done = new CompletableFuture<ChatResponse>();
    var handle = start(request, AdapterSet.NONE, new Collector(done));
    return await(done, handle::cancel);
  }

  private static <T> T await(CompletableFuture<T> done, Runnable cancel) {
    try {
      return done.get();
    } catch (InterruptedException e) {
      cancel.run();
      Thread.currentThread().interrupt();
      throw new InternalServerException("interrupted while the model answered", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new InternalServerException(e.getCause());
    }
  }

  /** Waits for the whole answer. */
  private record Collector(CompletableFuture<ChatResponse> done)
      implements StreamingChatResponseHandler {
    @Override
    public void onCompleteResponse(ChatResponse response) {
      done.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      done.completeExceptionally(error);
    }
  }

  @Override
  public List<ChatModelListener> listeners() {
    return List.of();
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OTHER;
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
  }

  @Override
  public void close() {
    engine.close();
  }
}
