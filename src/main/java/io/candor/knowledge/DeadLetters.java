package io.candor.knowledge;

import io.candor.audit.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sets aside records that cannot be applied: key and value as they came, so that they can be sent
 * again, and headers that say why and where from. A crash in between may set one aside twice.
 */
final class DeadLetters implements AutoCloseable {
  private static final int LONGEST_REASON = 1000;

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  DeadLetters(KafkaConnection kafka, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            kafka.with(
                Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    Topics.LARGEST_RECORD * 2,
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    Topics.LARGEST_RECORD * 2L)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Returns when the letter is safe; an IllegalStateException if it could not be sent. */
  void send(ConsumerRecord<byte[], byte[]> record, String reason) {
    var cut = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    var headers =
        List.of(
            header("candor-reason", cut),
            header("candor-topic", record.topic()),
            header("candor-partition", "" + record.partition()),
            header("candor-offset", "" + record.offset()),
            header("candor-time", "" + Instant.ofEpochMilli(record.timestamp())));
    try {
      producer.send(new ProducerRecord<>(topic, null, record.key(), record.value(), headers)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a dead letter", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot send a dead letter", e.getCause());
    }
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
