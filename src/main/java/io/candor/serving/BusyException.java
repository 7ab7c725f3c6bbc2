package io.candor.serving;

import dev.langchain4j.exception.RateLimitException;
import java.io.Serial;
import java.time.Duration;

/** Too many requests wait for the local model; an API answers 429 with {@code Retry-After}. */
public final class BusyException extends RateLimitException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Duration retryAfter;

  BusyException(int waiting, Duration retryAfter) {
    super(
        "the model is busy: %d requests wait already; try again in %d s"
            .formatted(waiting, retryAfter.toSeconds()));
    this.retryAfter = retryAfter;
  }

  /** When a place is likely to be free, by the speed of late; whole seconds, at least one. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
