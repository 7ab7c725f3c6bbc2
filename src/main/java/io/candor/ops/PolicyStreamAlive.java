package io.candor.ops;

import io.candor.knowledge.PolicyStream;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether policy updates come in: not well where the consumer failed, or has not looked for records
 * in a while. A server that is behind still answers, and says how far, so it stays ready.
 */
@Wellness
@ApplicationScoped
class PolicyStreamAlive implements HealthCheck {
  private static final Duration STALLED = Duration.ofSeconds(20);

  private final PolicyStream stream;
  private final Clock clock;

  PolicyStreamAlive(PolicyStream stream, Clock clock) {
    this.stream = stream;
    this.clock = clock;
  }

  @Override
  public HealthCheckResponse call() {
    var status = stream.status();
    var silent = Duration.between(status.lastPoll(), clock.instant());
    return HealthCheckResponse.named("policy stream")
        .status(status.alive() && silent.compareTo(STALLED) < 0)
        .withData("last_poll", status.lastPoll().toString())
        .withData("failure", status.failure().orElse("none"))
        .build();
  }
}
