package io.candor.serving;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.List;
import java.util.Optional;

/**
 * A model behind an OpenAI-compatible API: vLLM, llama-server, Ollama. {@link LanguageModel} makes
 * it. While it does not answer, a local model speaks in its place if there is one.
 */
final class RemoteChatModel implements StreamingChatModel {
  private final ServingConfig.Remote config;
  private final String base;
  private final int maxOutputTokens;
  private final Optional<RemoteFallback> fallback;
  private final RemoteEndpoint endpoint;
  private final RemoteCircuit circuit;

  RemoteChatModel(
      ServingConfig.Remote config, int maxOutputTokens, Optional<RemoteFallback> fallback) {
    this.config = config;
    this.maxOutputTokens = maxOutputTokens;
    this.fallback = fallback;
    this.endpoint = new RemoteEndpoint(config);
    this.base = endpoint.model();
    this.circuit = new RemoteCircuit(config.failureThreshold(), config.pause(), System::nanoTime);
  }

  /** Asks whether the server is there and has the model; if not, its failure is thrown. */
  void check() throws InterruptedException {
    try {
      endpoint.check();
    } catch (RemoteFailure e) {
      circuit.open(e);
      throw e;
    }
  }

  /** Whether the server did not answer lately. */
  boolean isLeftAlone() {
    return circuit.isOpen();
  }

  /** Which model answers a request: the base, with the adapter that it is asked for. */
  ModelIdentity identity(ChatRequestParameters parameters) {
    var served = served(parameters);
    return new ModelIdentity(
        base, ModelIdentity.UNKNOWN, served.equals(base) ? ModelIdentity.NO_ADAPTER : served);
  }

  /**
   * Servers list a LoRA adapter as a model of its own name: the one that the request names, else
   * the one configured, else the base model without any.
   */
  private String served(ChatRequestParameters parameters) {
    return Optional.ofNullable(parameters.modelName()).or(config::adapter).orElse(base);
  }

  /**
   * Starts an answer. Errors go to the handler. Cancelling the returned handle closes the
   * connection at any time; the handler is not called afterwards.
   */
  RemoteAnswer start(
      ChatRequest request, AdapterSet adapters, StreamingChatResponseHandler handler) {
    var parameters = defaultRequestParameters().overrideWith(request.parameters());
    if (adapters.only().isPresent()) {
      var named = ChatRequestParameters.builder().modelName(adapters.only().get().name()).build();
      parameters = parameters.overrideWith(named);
    }
    var tools = Optional.ofNullable(parameters.toolSpecifications()).orElse(List.of());
    if (!tools.isEmpty()) {
      throw new UnsupportedFeatureException("the remote model calls no tools");
    }
    var model = served(parameters);
    var body = RemoteRequest.body(model, request.messages(), parameters);
    var call = new RemoteAnswer.Call(request, adapters, identity(parameters), model, body, handler);
    return new RemoteAnswer(config, endpoint, circuit, fallback, call).begin();
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
  public ChatRequestParameters defaultRequestParameters() {
    return OpenAiChatRequestParameters.builder()
        .temperature(0.0)
        .maxOutputTokens(maxOutputTokens)
        .build();
  }
}
