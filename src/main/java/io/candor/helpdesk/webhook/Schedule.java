package io.candor.helpdesk.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a webhook is tried again: ten attempts over three days, each pause a little longer by chance
 * so that those who failed together do not come back together.
 */
final class Schedule {
  private static final double JITTER = 0.1;

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private Schedule() {}

  /** The pause after that many failed attempts; empty after the last. */
  static Optional<Duration> after(int attempts, RandomGenerator random) {
    if (attempts > PAUSES.size()) {
      return Optional.empty();
    }
    var pause = PAUSES.get(attempts - 1);
    return Optional.of(pause.plusMillis((long) (pause.toMillis() * JITTER * random.nextDouble())));
  }
}
