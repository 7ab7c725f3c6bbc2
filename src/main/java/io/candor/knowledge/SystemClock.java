package io.candor.knowledge;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The clock that says what is in force; tests put another in its place. */
@ApplicationScoped
class SystemClock {
  /** Ticks in microseconds, as the database keeps time. */
  @Produces
  @DefaultBean
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
  }
}
