package io.candor.chat;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Providers;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers as server-sent events: accepted, status, sentence, then final or error, and a comment
 * every 15 s that keeps proxies from closing a quiet stream.
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

  AnswerStream open(SseEventSink sink, Sse sse) {
    return new AnswerStream(sink, sse);
  }

  @PreDestroy
  void stop() {
    heartbeats.shutdownNow();
  }

  /** One open stream. A client that has gone is not written to; its answer is still recorded. */
  final class AnswerStream implements AutoCloseable {
    private final SseEventSink sink;
    private final Sse sse;
    private final Future<?> heartbeat;

    private AnswerStream(SseEventSink sink, Sse sse) {
      this.sink = sink;
      this.sse = sse;
      this.heartbeat =
          heartbeats.scheduleAtFixedRate(
              this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Streams what the work tells, and ends with its answer or its failure. */
    void send(Function<Consumer<Progress>, Answer> work) {
      try {
        event("final", work.apply(this::tell));
      } catch (RuntimeException e) {
        event("error", providers.getExceptionMapper(Throwable.class).toResponse(e).getEntity());
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

    private synchronized void write(OutboundSseEvent event) {
      if (!sink.isClosed()) {
        sink.send(event);
      }
    }

    @Override
    public void close() {
      heartbeat.cancel(false);
      sink.close();
    }
  }
}
