package io.candor.serving;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/**
 * One request to the {@link LlamaEngine}. Its handler is called on a virtual thread of its own, so
 * that a slow handler does not hold up the inference thread, and not at all after {@link #cancel}.
 */
final class LlamaGeneration implements StreamingHandle, Request {
  private static final Logger LOG = Logger.getLogger(LlamaGeneration.class);

  private final String modelName;
  private final int[] prompt;
  private final int maxTokens;
  private final Sampling sampling;
  private final List<String> stopSequences;
  private final String user;
  private final AdapterSet adapters;
  private final StreamingChatResponseHandler handler;
  private final long since = System.nanoTime();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile boolean cancelled;
  private volatile boolean failed;

  private sealed interface Event {
    record Text(String text) implements Event {}

    record Finished(FinishReason reason, int outputTokens) implements Event {}

    record Failed(Throwable error) implements Event {}

    record Cancelled() implements Event {}
  }

  LlamaGeneration(
      String modelName,
      int[] prompt,
      int maxTokens,
      Sampling sampling,
      List<String> stopSequences,
      String user,
      AdapterSet adapters,
      StreamingChatResponseHandler handler) {
    this.modelName = modelName;
    this.prompt = prompt;
    this.maxTokens = maxTokens;
    this.sampling = sampling;
    this.stopSequences = stopSequences;
    this.user = user;
    this.adapters = adapters;
    this.handler = handler;
  }

  @Override
  public int[] prompt() {
    return prompt;
  }

  @Override
  public int outputsFrom() {
    return prompt.length - 1;
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public AdapterSet adapters() {
    return adapters;
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public boolean abandoned() {
    return cancelled || failed;
  }

  /** The most tokens to generate; 0 only computes the prompt. */
  int maxTokens() {
    return maxTokens;
  }

  Sampling sampling() {
    return sampling;
  }

  List<String> stopSequences() {
    return stopSequences;
  }

  /** Begins to call the handler. */
  void deliver() {
    Thread.ofVirtual().name("generation").start(this::callHandler);
  }

  void text(String text) {
    if (!text.isEmpty()) {
      events.add(new Event.Text(text));
    }
  }

  void finish(FinishReason reason, int outputTokens) {
    events.add(new Event.Finished(reason, outputTokens));
  }

  @Override
  public void fail(Throwable error) {
    failed = true;
    events.add(new Event.Failed(error));
  }

  @Override
  public void cancel() {
    cancelled = true;
    events.add(new Event.Cancelled());
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  private void callHandler() {
    var answer = new StringBuilder();
    try {
      while (!cancelled && callHandler(events.take(), answer)) {
        // until the last event
      }
    } catch (InterruptedException e) {
      cancel();
    } catch (RuntimeException e) {
      cancel();
      LOG.warn("a handler of generated text failed", e);
      handler.onError(e);
    }
  }

  /** Returns whether more may follow. */
  private boolean callHandler(Event event, StringBuilder answer) {
    if (cancelled) {
      return false;
    }
    return switch (event) {
      case Event.Text(var text) -> {
        answer.append(text);
        handler.onPartialResponse(new PartialResponse(text), new PartialResponseContext(this));
        yield true;
      }
      case Event.Finished(var reason, var outputTokens) -> {
        handler.onCompleteResponse(
            ChatResponse.builder()
                .aiMessage(AiMessage.from(answer.toString()))
                .modelName(modelName)
                .tokenUsage(new TokenUsage(prompt.length, outputTokens))
                .finishReason(reason)
                .build());
        yield false;
      }
      case Event.Failed(var error) -> {
        handler.onError(error);
        yield false;
      }
      case Event.Cancelled() -> false;
    };
  }
}
