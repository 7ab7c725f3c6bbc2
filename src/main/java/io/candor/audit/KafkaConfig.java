package io.candor.audit;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Where Kafka is. */
@ConfigMapping(prefix = "candor.kafka")
interface KafkaConfig {
  /** The brokers to begin with, as host:port,host:port. */
  String bootstrapServers();

  /**
   * More settings of every client, by Kafka's own names in quotes, such as
   * candor.kafka.client."security.protocol"=SASL_SSL.
   */
  Map<String, String> client();
}
