package io.candor.serving;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * One answer of a remote model, on a virtual thread of its own: asked again, or of the fallback,
 * only as long as nothing was said; once it was, a failure is the handler's.
 */
final class RemoteAnswer implements StreamingHandle {
  private static final Logger LOG = Logger.getLogger(RemoteAnswer.class);
  private static final String END = "[DONE]";

  /** What is asked of whom, and who listens. */
  record Call(
      ChatRequest request,
      AdapterSet adapters,
      ModelIdentity identity,
      String model,
      byte[] body,
      StreamingChatResponseHandler handler) {}

  private final ServingConfig.Remote config;
  private final RemoteEndpoint endpoint;
  private final RemoteCircuit circuit;
  private final Optional<RemoteFallback> fallback;
  private final Call call;
  private final Thread thread = Thread.ofVirtual().name("remote-answer").unstarted(this::run);
  private final long started = System.nanoTime();
  private final StringBuilder said = new StringBuilder();
  private Optional<FinishReason> finish = Optional.empty();
  private Optional<TokenUsage> usage = Optional.empty();
  private boolean begun;
  private volatile boolean cancelled;
  private volatile ModelIdentity speaker;
  private Generation instead;

  RemoteAnswer(
      ServingConfig.Remote config,
      RemoteEndpoint endpoint,
      RemoteCircuit circuit,
      Optional<RemoteFallback> fallback,
      Call call) {
    this.config = config;
    this.endpoint = endpoint;
    this.circuit = circuit;
    this.fallback = fallback;
    this.call = call;
    this.speaker = call.identity();
  }

  RemoteAnswer begin() {
    thread.start();
    return this;
  }

  /** Who speaks: the remote model, unless the fallback had to. */
  ModelIdentity speaker() {
    return speaker;
  }

  private void run() {
    try {
      circuit.enter();
    } catch (RemoteFailure e) {
      replace(e);
      return;
    }
    try {
      converse();
      circuit.succeeded();
      call.handler().onCompleteResponse(response());
    } catch (RemoteFailure e) {
      LOG.warn(e.getMessage());
      circuit.failed(e);
      replace(e);
    } catch (InterruptedException e) {
      circuit.cancelled();
    } catch (RuntimeException e) {
      circuit.cancelled();
      call.handler().onError(e);
    }
  }

  private void converse() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try (var events = endpoint.complete(call.model(), call.body())) {
        read(events);
        return;
      } catch (RemoteFailure e) {
        var pause = e.retryAfter().orElse(backoff(attempt));
        if (begun
            || attempt > config.retries()
            || e.kind() != RemoteFailure.Kind.PASSING
            || pause.compareTo(untilFirstToken()) >= 0) {
          throw e;
        }
        Thread.sleep(pause);
      }
    }
  }

  /** Doubles, and differs from others' who were refused at the same time. */
  private Duration backoff(int attempt) {
    long longest = config.backoff().toMillis() << (attempt - 1);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
  }

  private void read(RemoteEvents events) throws InterruptedException {
    for (var data = events.next(patience()); ; data = events.next(patience())) {
      if (data.isEmpty() && finish.isEmpty()) {
        throw RemoteFailure.passing(endpoint.url() + " broke off in the middle of an answer");
      }
      if (data.isEmpty() || data.get().equals(END)) {
        return;
      }
      hear(RemoteChunk.of(data.get(), endpoint.url()));
    }
  }

  private void hear(RemoteChunk chunk) {
    begun |= chunk.begins();
    finish = chunk.finish().or(() -> finish);
    usage = chunk.usage().or(() -> usage);
    if (!chunk.text().isEmpty() && !cancelled) {
      said.append(chunk.text());
      call.handler()
          .onPartialResponse(new PartialResponse(chunk.text()), new PartialResponseContext(this));
    }
  }

  private Duration patience() {
    return begun
        ? shorter(config.nextTokenTimeout(), left(config.totalTimeout()))
        : untilFirstToken();
  }

  private Duration untilFirstToken() {
    return left(shorter(config.firstTokenTimeout(), config.totalTimeout()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Duration left(Duration limit) {
    var left = limit.minusNanos(System.nanoTime() - started);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Another model must not go on where this one broke off: it would say something else. */
  private void replace(RemoteFailure failure) {
    if (said.isEmpty() && fallback.isPresent()) {
      synchronized (this) {
        if (!cancelled) {
          speaker = fallback.get().identity().with(call.adapters());
          instead =
              Generation.start(
                  fallback.get().model(), call.request(), call.adapters(), call.handler());
        }
      }
    } else if (!cancelled) {
      call.handler().onError(failure);
    }
  }

  private ChatResponse response() {
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(said.toString()))
        .modelName(call.model())
        .finishReason(finish.orElse(FinishReason.STOP))
        .tokenUsage(usage.orElse(null))
        .build();
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    thread.interrupt();
    if (instead != null) {
      instead.cancel();
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }
}
