package io.candor.helpdesk.vendor;

import java.time.Duration;
import java.util.Optional;

/** A helpdesk did not do what was asked. */
public final class DeskFailure extends Exception {
  private final boolean passing;
  private final transient Optional<Duration> retryAfter;

  DeskFailure(String message, boolean passing, Optional<Duration> retryAfter, Throwable cause) {
    super(message, cause);
    this.passing = passing;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later. */
  public boolean isPassing() {
    return passing;
  }

  /** How long the helpdesk asks to be left alone. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
