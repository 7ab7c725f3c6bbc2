package io.candor.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Sends what the {@link Outbox} holds to Kafka, in the order written, and then deletes it: at least
 * once, with the row's id in a header to tell repeats. One process at a time does it.
 */
@ApplicationScoped
class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 200;
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final DataSource database;
  private final KafkaConnection kafka;
  private final Counter sent;
  private final Counter failures;
  private volatile boolean stopping;
  private Thread thread;

  OutboxRelay(DataSource database, KafkaConnection kafka, MeterRegistry registry) {
    this.database = database;
    this.kafka = kafka;
    sent = registry.counter("candor.outbox.sent");
    failures = registry.counter("candor.outbox.failures");
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    thread.interrupt();
    thread.join(Duration.ofSeconds(10));
  }

  private void run() {
    try (var producer = producer()) {
      while (!stopping) {
        pause(relay(producer));
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop", e);
    }
  }

  /** How long to wait before the next batch. */
  private Duration relay(KafkaProducer<String, String> producer) {
    try {
      int messages = QuarkusTransaction.requiringNew().call(() -> sendBatch(producer));
      sent.increment(messages);
      return messages == BATCH ? Duration.ZERO : IDLE;
    } catch (RuntimeException e) {
      if (!stopping) {
        failures.increment();
        LOG.warnf("the outbox waits: %s", e.getMessage());
      }
      return AFTER_FAILURE;
    }
  }

  private int sendBatch(KafkaProducer<String, String> producer)
      throws SQLException, ExecutionException, InterruptedException {
    try (var connection = database.getConnection()) {
      var messages = take(connection);
      var pending = new ArrayList<Future<RecordMetadata>>();
      for (var message : messages) {
        pending.add(producer.send(message.toRecord()));
      }
      for (var send : pending) {
        send.get();
      }
      delete(connection, messages);
      return messages.size();
    }
  }

  /** The lock keeps the order: two relays would send side by side. */
  private static List<Message> take(Connection connection) throws SQLException {
    var sql =
        """
        select message.*
        from (select pg_try_advisory_xact_lock(hashtextextended('outbox', 0)) as mine) lock
        cross join lateral take_outbox(case when lock.mine then ? else 0 end) message
        order by message.id
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, BATCH);
      var messages = new ArrayList<Message>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          messages.add(
              new Message(
                  rows.getObject("id", UUID.class),
                  rows.getString("topic"),
                  rows.getString("key"),
                  rows.getString("value")));
        }
      }
      return messages;
    }
  }

  private static void delete(Connection connection, List<Message> messages) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement("select sent_outbox(?)")) {
      var ids = messages.stream().map(Message::id).toArray();
      statement.setArray(1, connection.createArrayOf("uuid", ids));
      statement.execute();
    }
  }

  private static void pause(Duration pause) throws InterruptedException {
    Thread.sleep(pause);
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        kafka.with(
            Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000)),
        new StringSerializer(),
        new StringSerializer());
  }

  private record Message(UUID id, String topic, String key, String value) {
    ProducerRecord<String, String> toRecord() {
      var record = new ProducerRecord<>(topic, key, value);
      record
          .headers()
          .add(
              "candor-message-id",
              id.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return record;
    }
  }
}
