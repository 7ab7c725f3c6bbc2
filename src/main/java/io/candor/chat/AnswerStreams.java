package io.candor.chat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Providers;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers as server-sent events: accepted, status, sentence, then final or error, and a comment
 * every 15 s that keeps proxies from closing a quiet stream. A client that has gone is not written
 * to; its answer is still recorded.
 */
@ApplicationScoped
class AnswerStreams {
  private static final int HEARTBEAT_SECONDS = 15;

  private final Providers providers;
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  AnswerStreams(@Context Providers providers) {
    this.providers = providers;
  }

  /** Streams what the work tells, and ends with its answer or its failure. */
  Multi<OutboundSseEvent> stream(Sse sse, Function<Consumer<Progress>, Answer> work) {
    return Multi.createFrom()
        .emitter(emitter ->
            Thread.ofVirtual()
                .name("answer-stream")
                .start(() -> new AnswerStream(emitter, sse).run(work)));
  }

  @PreDestroy
  void stop() {
    heartbeats.shutdownNow();
  }

  private final class AnswerStream {
    private final MultiEmitter<? super OutboundSseEvent> emitter;
    private final Sse sse;

    AnswerStream(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse) {
      this.emitter = emitter;
      this.sse = sse;
    }

    void run(Function<Consumer<Progress>, Answer> work) {
      var heartbeat =
          heartbeats.scheduleAtFixedRate(
              this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
      try {
        event("final", work.apply(this::tell));
      } catch (RuntimeException e) {
        event("error", providers.getExceptionMapper(Throwable.class).toResponse(e).getEntity());
      } finally {
        heartbeat.cancel(false);
        emitter.complete();
      }
    }

    private void tell(Progress progress) {
      var name =
          switch (progress) {
            case Progress.Accepted _ -> "accepted";
            case Progress.Status _ -> "status";
            case Progress.Sentence _ -> "sentence";
          };
      event(name, progress);
    }

    private void event(String name, Object data) {
      write(
          sse.newEventBuilder()
              .name(name)
              .mediaType(MediaType.APPLICATION_JSON_TYPE)
              .data(data.getClass(), data)
              .build());
    }

    private void beat() {
      write(sse.newEventBuilder().comment("").build());
    }

    /** The heartbeat comes from a thread of its own, and an emitter takes one at a time. */
    private synchronized void write(OutboundSseEvent event) {
      emitter.emit(event);
    }
  }
}
