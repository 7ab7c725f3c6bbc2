package io.candor.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.audit.KafkaConnection;
import io.candor.knowledge.Event.Published;
import io.candor.knowledge.Event.Retired;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts policy events on the topic, for the command line and the demo page. Thread-safe. */
public final class PolicyPublisher implements AutoCloseable {
  /** Where policy events go, unless a server is configured otherwise. */
  public static final String TOPIC = "candor.policies";

  private final URI source;
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;

  /**
   * @param source who publishes, as the events will say
   */
  public PolicyPublisher(KafkaConnection kafka, URI source) {
    this(kafka, source, TOPIC);
  }

  PolicyPublisher(KafkaConnection kafka, URI source, String topic) {
    this.source = source;
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            kafka.with(
                Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    Topics.LARGEST_RECORD,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    10_000,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    10_000,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    5_000)),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Publishes a document; the token is in force once the consumer has applied it. */
  public Token.Offset publish(String tenant, String key, Draft draft) {
    return acknowledged(publish(tenant, key, UUID.randomUUID(), draft.toJson()));
  }

  /**
   * Publishes a document as its JSON has it, without waiting for the broker.
   *
   * @param event its id: the same id again changes nothing
   */
  public CompletableFuture<Token.Offset> publish(
      String tenant, String key, UUID event, JsonNode document) {
    return send(tenant, key, event(event, Published.TYPE, document));
  }

  /** Retires a document, now or at the instant given, without waiting for the broker. */
  public CompletableFuture<Token.Offset> retire(
      String tenant, String key, Optional<Instant> validUntil) {
    var data = JsonFields.JSON.createObjectNode();
    validUntil.ifPresent(at -> data.put("valid_until", at.toString()));
    return send(tenant, key, event(UUID.randomUUID(), Retired.TYPE, data));
  }

  /**
   * The token, once the broker has the event; an IllegalStateException where it did not take it.
   */
  public static Token.Offset acknowledged(CompletableFuture<Token.Offset> sent) {
    try {
      return sent.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "Kafka did not take the event: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private ObjectNode event(UUID id, String type, JsonNode data) {
    var event = JsonFields.JSON.createObjectNode();
    event.put("specversion", "1.0").put("id", id.toString()).put("source", source.toString());
    event.put("type", type).put("time", Instant.now().toString());
    event.put("datacontenttype", "application/json").set("data", data);
    return event;
  }

  private CompletableFuture<Token.Offset> send(String tenant, String key, ObjectNode event) {
    var value = event.toString().getBytes(StandardCharsets.UTF_8);
    var sent = new CompletableFuture<Token.Offset>();
    try {
      producer.send(
          new ProducerRecord<>(topic, tenant + "/" + key, value),
          (where, failure) -> {
            if (failure == null) {
              sent.complete(new Token.Offset(where.partition(), where.offset()));
            } else {
              sent.completeExceptionally(failure);
            }
          });
    } catch (KafkaException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
