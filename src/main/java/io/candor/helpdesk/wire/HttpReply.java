package io.candor.helpdesk.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * What came back.
 *
 * @param retryAfter how long the host asks to be left alone
 * @param location where it sends us instead
 */
public record HttpReply(
    int status, Optional<Duration> retryAfter, Optional<String> location, String body) {
  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
