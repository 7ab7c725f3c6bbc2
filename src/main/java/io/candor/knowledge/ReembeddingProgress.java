package io.candor.knowledge;

import java.time.Duration;
import java.util.Optional;

/**
 * How far re-embedding is, for health checks and the log.
 *
 * @param model that is being filled, or that searches
 * @param active whether it searches already
 * @param done passages embedded since this process began
 * @param total of these and those that were still missing then
 * @param perSecond passages a second
 * @param failure what keeps it from going on, if anything
 */
public record ReembeddingProgress(
    String model,
    boolean active,
    long done,
    long total,
    double perSecond,
    Optional<String> failure) {

  /** The time that the rest will take at this rate. */
  Duration left() {
    return perSecond == 0
        ? Duration.ZERO
        : Duration.ofSeconds((long) (Math.max(0, total - done) / perSecond));
  }

  @Override
  public String toString() {
    return "%,d of %,d passages, %.0f/s, %d min %d s left"
        .formatted(done, total, perSecond, left().toMinutes(), left().toSecondsPart());
  }
}
