package io.candor.knowledge;

import io.candor.audit.KafkaConnection;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** Parts that others may put their own in the place of, as tests do with the clock. */
@ApplicationScoped
class Defaults {
  /** Says what is in force; ticks in microseconds, as the database keeps time. */
  @Produces
  @DefaultBean
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
  }

  @Produces
  @Singleton
  PolicyPublisher publisher(KafkaConnection kafka, KnowledgeConfig config) {
    return new PolicyPublisher(kafka, URI.create("/candor"), config.topic());
  }

  void close(@Disposes PolicyPublisher publisher) {
    publisher.close();
  }
}
