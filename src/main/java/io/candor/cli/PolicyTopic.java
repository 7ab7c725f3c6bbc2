package io.candor.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts a tenant's policy events on the topic, as CloudEvents 1.0 in structured JSON. */
final class PolicyTopic implements AutoCloseable {
  static final String NAME = "candor.policies";
  private static final String SOURCE = "/candor/cli";

  private final String tenant;
  private final KafkaProducer<String, String> producer;

  static PolicyTopic of(ClientSettings settings) {
    return new PolicyTopic(
        ClientSettings.require(settings.kafka(), "CANDOR_KAFKA"),
        ClientSettings.require(settings.tenant(), "CANDOR_TENANT"));
  }

  private PolicyTopic(String bootstrapServers, String tenant) {
    this.tenant = tenant;
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000),
            new StringSerializer(),
            new StringSerializer());
  }

  Future<RecordMetadata> publish(String key, ObjectNode document) {
    return publish(UUID.randomUUID().toString(), key, document);
  }

  /** Publishes under an event id of the caller's: the same id again changes nothing. */
  Future<RecordMetadata> publish(String id, String key, ObjectNode document) {
    return send(id, "candor.document.published.v1", key, document);
  }

  Future<RecordMetadata> retire(String key, Instant validUntil) {
    ObjectNode data = DocumentFile.JSON.createObjectNode();
    if (validUntil != null) {
      data.put("valid_until", validUntil.toString());
    }
    return send(UUID.randomUUID().toString(), "candor.document.retired.v1", key, data);
  }

  private Future<RecordMetadata> send(String id, String type, String key, ObjectNode data) {
    ObjectNode event = DocumentFile.JSON.createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", id);
    event.put("source", SOURCE);
    event.put("type", type);
    event.put("subject", key);
    event.put("time", Instant.now().toString());
    event.put("datacontenttype", "application/json");
    event.set("data", data);
    try {
      return producer.send(new ProducerRecord<>(NAME, tenant + "/" + key, event.toString()));
    } catch (org.apache.kafka.common.KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Waits for the broker's acknowledgement. */
  static String token(Future<RecordMetadata> sent) throws InterruptedException {
    try {
      RecordMetadata where = sent.get();
      return "p" + where.partition() + "-" + where.offset();
    } catch (ExecutionException e) {
      throw new CommandFailure(
          "Kafka did not take the event (%s): check CANDOR_KAFKA."
              .formatted(e.getCause().getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
