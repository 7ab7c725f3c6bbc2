package io.candor.chat;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Whoever waits for an answer: is told how it comes along, and may go away before it is there. */
final class Caller {
  private final UUID answerId;
  private final Consumer<Progress> listener;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private Caller(UUID answerId, Consumer<Progress> listener) {
    this.answerId = answerId;
    this.listener = listener;
  }

  /** The other end of an HTTP connection, which is gone when the connection is. */
  static Caller at(RoutingContext http, Consumer<Progress> listener) {
    var caller = new Caller(UUID.randomUUID(), listener);
    http.addEndHandler(_ -> caller.leave());
    if (http.response().closed()) { // before it could be told
      caller.leave();
    }
    return caller;
  }

  /** One who waits for the answer with this id, and does not go away. */
  static Caller awaiting(UUID answerId) {
    return new Caller(answerId, _ -> {});
  }

  /** The id that the answer will have. */
  UUID answerId() {
    return answerId;
  }

  void tell(Progress progress) {
    if (!gone.isDone()) {
      listener.accept(progress);
    }
  }

  void leave() {
    gone.complete(null);
  }

  /** Runs this when they go away, at once if they have gone. */
  void whenGone(Runnable action) {
    gone.thenRun(action);
  }
}
