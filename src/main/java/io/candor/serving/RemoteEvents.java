package io.candor.serving;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The data of server-sent events as they come in (WHATWG HTML, 9.2), one line each, as OpenAI's API
 * has them. Closing it closes the connection, which tells the server to stop.
 */
final class RemoteEvents implements Flow.Subscriber<String>, AutoCloseable {
  private static final String DATA = "data:";
  private static final int MOST_BYTES = 16 << 20;

  /** What the queue carries: data, or the end with or without a failure. */
  private record Event(Optional<String> data, Optional<RemoteFailure> failure) {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final String url;
  private final HttpClient client;

  RemoteEvents(String url, HttpClient client) {
    this.url = url;
    this.client = client;
  }

  /** Reads the body of a response. */
  BodySubscriber<String> body() {
    var lines = BodySubscribers.fromLineSubscriber(this, _ -> "", StandardCharsets.UTF_8, null);
    return BodySubscribers.limiting(lines, MOST_BYTES);
  }

  /**
   * The next event's data; empty at the stream's end.
   *
   * @throws RemoteFailure if the server refused, the connection broke, or nothing came for that
   *     long
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

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    if (line.startsWith(DATA)) {
      var data = line.substring(DATA.length()).strip();
      events.add(new Event(Optional.of(data), Optional.empty()));
    }
  }

  @Override
  public void onComplete() {
    events.add(new Event(Optional.empty(), Optional.empty()));
  }

  @Override
  public void onError(Throwable failure) {
    events.add(new Event(Optional.empty(), Optional.of(RemoteFailure.unreachable(url, failure))));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
