package io.candor.helpdesk;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A circuit breaker for each channel: after some failures in a row its helpdesk is left alone for a
 * while; the first request after that decides anew.
 */
final class Circuit {
  private final int threshold;
  private final Duration pause;
  private final Map<UUID, State> channels = new ConcurrentHashMap<>();

  private record State(int failures, Instant last) {}

  Circuit(int threshold, Duration pause) {
    this.threshold = threshold;
    this.pause = pause;
  }

  /** Until when the helpdesk is left alone, if it is. */
  Optional<Instant> openUntil(UUID channel, Instant now) {
    var state = channels.get(channel);
    return state == null || state.failures() < threshold
        ? Optional.empty()
        : Optional.of(state.last().plus(pause)).filter(now::isBefore);
  }

  void succeeded(UUID channel) {
    channels.remove(channel);
  }

  void failed(UUID channel, Instant now) {
    channels.merge(
        channel, new State(1, now), (before, _) -> new State(before.failures() + 1, now));
  }
}
