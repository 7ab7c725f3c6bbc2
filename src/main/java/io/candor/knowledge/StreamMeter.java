package io.candor.knowledge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Counts what the {@link PolicyConsumer} does, and how fresh the knowledge is. */
final class StreamMeter {
  private static final Duration[] BUCKETS =
      Stream.of(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 15_000, 60_000, 600_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Timer freshness;
  private final Counter applied;
  private final Counter deadLetters;
  private final Counter failures;
  private volatile int partitions;

  StreamMeter(MeterRegistry registry, StreamPositions positions, String topic) {
    freshness =
        Timer.builder("candor.policy.freshness")
            .description("Time from the publication of a policy event until it is in force")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    applied = registry.counter("candor.policy.events", "result", "applied");
    deadLetters = registry.counter("candor.policy.events", "result", "dead_letter");
    failures = registry.counter("candor.policy.failures");
    Gauge.builder("candor.policy.partitions", this, meter -> meter.partitions)
        .description("Partitions of the topic that this process reads")
        .register(registry);
    TimeGauge.builder(
            "candor.knowledge.lag",
            positions,
            TimeUnit.MILLISECONDS,
            stored -> stored.lag(topic).toMillis())
        .description("How long ago everything published was known to be in force")
        .register(registry);
  }

  /** An event that was published then is in force now. */
  void inForce(Instant published) {
    var took = Duration.between(published, Instant.now());
    freshness.record(took.isNegative() ? Duration.ZERO : took);
    applied.increment();
  }

  /** An event became a dead letter. */
  void setAside() {
    deadLetters.increment();
  }

  /** A session with the broker broke off. */
  void failed() {
    failures.increment();
  }

  void assigned(int count) {
    partitions = count;
  }
}
