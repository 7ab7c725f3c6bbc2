package io.candor.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The requests that wait for a sequence, so many at most. Whoever has fewest running is next, so
 * that one customer's thousand requests do not stand before another's first.
 */
final class WaitingLine {
  private final int capacity;
  private final List<Request> waiting = new ArrayList<>();

  WaitingLine(int capacity) {
    this.capacity = capacity;
  }

  /** Returns false if too many wait already. */
  synchronized boolean offer(Request request) {
    if (waiting.size() >= capacity) {
      waiting.removeIf(Request::abandoned);
    }
    if (waiting.size() >= capacity) {
      return false;
    }
    waiting.add(request);
    notifyAll();
    return true;
  }

  /** Takes the next request, if any waits: of the user with fewest running, the first to come. */
  synchronized Optional<Request> poll(ToIntFunction<String> running) {
    waiting.removeIf(Request::abandoned);
    Request next = null;
    for (var request : waiting) {
      if (next == null || running.applyAsInt(request.user()) < running.applyAsInt(next.user())) {
        next = request;
      }
    }
    waiting.remove(next);
    return Optional.ofNullable(next);
  }

  /** Returns once a request waits. */
  synchronized void await() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
  }

  synchronized int size() {
    return waiting.size();
  }

  /** Takes all that wait. */
  synchronized List<Request> drain() {
    var all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
