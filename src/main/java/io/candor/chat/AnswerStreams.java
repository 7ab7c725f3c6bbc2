package io.candor.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.Providers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Answers as server-sent events: what the pipeline tells, then its answer or its failure, and a
 * comment every 15 s that keeps proxies from closing a quiet stream. When a client goes away, the
 * model is stopped, and what was shown until then is recorded.
 */
@ApplicationScoped
class AnswerStreams {
  private static final int HEARTBEAT_SECONDS = 15;

  private final Providers providers;
  private final ObjectMapper json;
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  AnswerStreams(@Context Providers providers, ObjectMapper json) {
    this.providers = providers;
    this.json = json;
  }

  /**
   * An event.
   *
   * @param data written as JSON, unless it is a string
   */
  record Event(Optional<String> name, Object data) {}

  /** The events that a client of a certain API expects. */
  interface Form {
    List<Event> progress(Progress progress);

    List<Event> answer(Answer answer);

    /** What cannot be answered any more by a status. */
    List<Event> failure(Object problem);
  }

  /** Streams what the work tells, on the request's own thread. */
  StreamingOutput stream(RoutingContext http, Form form, Function<Caller, Answer> work) {
    http.response().putHeader("X-Accel-Buffering", "no");
    return out -> new AnswerStream(out, form, http).run(work);
  }

  @PreDestroy
  void stop() {
    heartbeats.shutdownNow();
  }

  private final class AnswerStream {
    private final OutputStream out;
    private final Form form;
    private final Caller caller;

    AnswerStream(OutputStream out, Form form, RoutingContext http) {
      this.out = out;
      this.form = form;
      this.caller = Caller.at(http, progress -> send(form.progress(progress)));
    }

    void run(Function<Caller, Answer> work) {
      var heartbeat =
          heartbeats.scheduleAtFixedRate(
              () -> Thread.startVirtualThread(() -> write(":\n\n")),
              HEARTBEAT_SECONDS,
              HEARTBEAT_SECONDS,
              TimeUnit.SECONDS);
      try {
        send(form.answer(work.apply(caller)));
      } catch (RuntimeException e) {
        var mapper = providers.getExceptionMapper(Throwable.class);
        send(form.failure(mapper.toResponse(e).getEntity()));
      } finally {
        heartbeat.cancel(false);
      }
    }

    private void send(List<Event> events) {
      for (var event : events) {
        var name = event.name().map("event: %s\n"::formatted).orElse("");
        write("%sdata: %s\n\n".formatted(name, text(event.data())));
      }
    }

    private String text(Object data) {
      try {
        return data instanceof String text ? text : json.writeValueAsString(data);
      } catch (IOException e) {
        throw new IllegalStateException("cannot write an event as JSON", e);
      }
    }

    /** The heartbeat comes from a thread of its own. */
    private synchronized void write(String text) {
      try {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        caller.leave();
      }
    }
  }
}
