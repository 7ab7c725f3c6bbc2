package io.candor.audit;

import java.util.HashMap;
import java.util.Map;

/**
 * How a Kafka client reaches the brokers and proves who it is; every client of the server is made
 * with it.
 */
public record KafkaConnection(Map<String, String> settings) {
  private static final String SERVERS = "bootstrap.servers";

  public KafkaConnection {
    settings = Map.copyOf(settings);
    if (settings.getOrDefault(SERVERS, "").isBlank()) {
      throw new IllegalArgumentException("no Kafka broker is named");
    }
  }

  /** Brokers that trust everybody who reaches them. */
  public static KafkaConnection of(String bootstrapServers) {
    return new KafkaConnection(Map.of(SERVERS, bootstrapServers));
  }

  static KafkaConnection of(KafkaConfig config) {
    var settings = new HashMap<>(config.client());
    settings.put(SERVERS, config.bootstrapServers());
    return new KafkaConnection(settings);
  }

  /** All settings of a client: these, and its own, which count where both have one. */
  public Map<String, Object> with(Map<String, Object> own) {
    var all = new HashMap<String, Object>(settings);
    all.putAll(own);
    return all;
  }
}
