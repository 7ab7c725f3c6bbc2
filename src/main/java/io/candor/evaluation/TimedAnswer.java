package io.candor.evaluation;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One answer of a model, and when its words came.
 *
 * @param firstNanos from the request to the first words
 * @param totalNanos from the request to the end
 */
record TimedAnswer(long firstNanos, long totalNanos, int promptTokens, int tokens) {
  /** Starts an answer of at most so many tokens, at temperature 0. */
  static CompletableFuture<TimedAnswer> start(
      StreamingChatModel model, List<ChatMessage> messages, int mostTokens) {
    return start(
        model,
        messages,
        OpenAiChatRequestParameters.builder().temperature(0.0).maxOutputTokens(mostTokens).build());
  }

  /** Starts an answer as it is asked for. */
  static CompletableFuture<TimedAnswer> start(
      StreamingChatModel model, List<ChatMessage> messages, ChatRequestParameters parameters) {
    var listener = new Listener();
    model.chat(ChatRequest.builder().messages(messages).parameters(parameters).build(), listener);
    return listener.answer;
  }

  static TimedAnswer of(StreamingChatModel model, List<ChatMessage> messages, int mostTokens) {
    return start(model, messages, mostTokens).join();
  }

  /** How fast the tokens after the first words came. */
  double tokensPerSecond() {
    return (tokens - 1) / ((totalNanos - firstNanos) / 1e9);
  }

  double promptTokensPerSecond() {
    return promptTokens / (firstNanos / 1e9);
  }

  private static final class Listener implements StreamingChatResponseHandler {
    private final CompletableFuture<TimedAnswer> answer = new CompletableFuture<>();
    private final long began = System.nanoTime();
    private long first;

    @Override
    public void onPartialResponse(String words) {
      if (first == 0) {
        first = System.nanoTime() - began;
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      long total = System.nanoTime() - began;
      var usage = response.tokenUsage();
      answer.complete(
          new TimedAnswer(
              first == 0 ? total : first,
              total,
              usage.inputTokenCount(),
              usage.outputTokenCount()));
    }

    @Override
    public void onError(Throwable error) {
      answer.completeExceptionally(error);
    }
  }
}
