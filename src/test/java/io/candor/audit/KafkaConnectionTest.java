package io.candor.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.candor.TestConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
  @Test
  void whatIsConfiguredReachesEveryClient() {
    var config =
        TestConfig.of(
            KafkaConfig.class,
            "candor.kafka.bootstrap-servers",
            "broker:9093",
            "candor.kafka.client.\"security.protocol\"",
            "SASL_SSL");
    assertEquals(
        Map.of("bootstrap.servers", "broker:9093", "security.protocol", "SASL_SSL", "acks", "all"),
        KafkaConnection.of(config).with(Map.of("acks", "all")));
  }

  @Test
  void aClientsOwnSettingsCount() {
    var connection = new KafkaConnection(Map.of("bootstrap.servers", "b:1", "acks", "0"));
    assertEquals("all", connection.with(Map.of("acks", "all")).get("acks"));
  }

  @Test
  void withoutABrokerThereIsNoConnection() {
    assertThrows(IllegalArgumentException.class, () -> KafkaConnection.of(" "));
  }
}
