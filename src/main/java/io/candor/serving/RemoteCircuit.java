package io.candor.serving;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A circuit breaker: after some failures in a row a remote model is left alone for a while, so that
 * nobody waits for what does not come; then one request tries it.
 */
final class RemoteCircuit {
  private final int threshold;
  private final Duration pause;
  private final LongSupplier nanoTime;
  private int failures;
  private long opened;
  private boolean trying;
  private RemoteFailure last;

  RemoteCircuit(int threshold, Duration pause, LongSupplier nanoTime) {
    this.threshold = threshold;
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /** To be called before a request, which must end with one of the others; throws while open. */
  synchronized void enter() {
    if (!isOpen()) {
      return;
    }
    if (trying || nanoTime.getAsLong() - opened < pause.toNanos()) {
      throw RemoteFailure.ofTheRequest("not asked, because " + last.getMessage());
    }
    trying = true;
  }

  synchronized void succeeded() {
    failures = 0;
    trying = false;
  }

  synchronized void failed(RemoteFailure failure) {
    trying = false;
    if (failure.kind() != RemoteFailure.Kind.OF_THE_REQUEST) {
      last = failure;
      failures++;
      opened = nanoTime.getAsLong();
    }
  }

  /** The request was cancelled, which tells nothing. */
  synchronized void cancelled() {
    trying = false;
  }

  /** Leaves the model alone from now, without waiting for more failures. */
  synchronized void open(RemoteFailure failure) {
    failed(failure);
    failures = Math.max(failures, threshold);
  }

  /** Whether the model is left alone, or has yet to show that it is back. */
  synchronized boolean isOpen() {
    return failures >= threshold;
  }
}
