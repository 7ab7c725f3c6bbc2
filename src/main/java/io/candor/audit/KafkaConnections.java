package io.candor.audit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the configured connection to whoever talks to Kafka. */
class KafkaConnections {
  @Produces
  @Singleton
  KafkaConnection configured(KafkaConfig config) {
    return KafkaConnection.of(config);
  }
}
