package io.candor.serving;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The data of server-sent events as they come in (WHATWG HTML, 9.2), one line each, as OpenAI's API
 * has them. Closing it closes the connection, which tells the server to stop.
 */
final class RemoteEvents implements BodySubscriber<String>, AutoCloseable {
  private static final String DATA = "data:";
  private static final int MOST_BYTES = 16 << 20;

  /** What the queue carries: data, or the end with or without a failure. */
  private record Event(Optional<String> data, Optional<RemoteFailure> failure) {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final String url;
  private Flow.Subscription subscription;
  private boolean closed;
  private long bytes;

  RemoteEvents(String url) {
    this.url = url;
  }

  /**
   * The next event's data; empty at the stream's end.
   *
   * @throws RemoteFailure if the connection broke, or nothing came for that long
   */
  Optional<String> next(Duration patience) throws InterruptedException {
    var event = events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (event == null) {
      throw RemoteFailure.late(url, patience);
    }
    if (event.failure().isPresent()) {
      throw event.failure().get();
    }
    return event.data();
  }

  /** There at once, and empty: what counts are the events. */
  @Override
  public CompletionStage<String> getBody() {
    return CompletableFuture.completedFuture("");
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (closed) {
      subscription.cancel();
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (var buffer : buffers) {
      bytes += buffer.remaining();
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n') {
          take();
        } else {
          line.write(next);
        }
      }
    }
    if (bytes > MOST_BYTES) {
      close();
      onError(RemoteFailure.passing(url + " sends without an end"));
    }
  }

  private void take() {
    var text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    if (text.startsWith(DATA)) {
      var data = text.substring(DATA.length()).strip();
      events.add(new Event(Optional.of(data), Optional.empty()));
    }
  }

  @Override
  public void onComplete() {
    take();
    events.add(new Event(Optional.empty(), Optional.empty()));
  }

  @Override
  public void onError(Throwable failure) {
    events.add(new Event(Optional.empty(), Optional.of(RemoteFailure.unreachable(url, failure))));
  }

  /** Whoever gave up before the server answered closes what is then opened. */
  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
