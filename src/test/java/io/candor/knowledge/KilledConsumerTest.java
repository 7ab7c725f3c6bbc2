package io.candor.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.audit.KafkaConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ingesting in a process that is killed (SIGKILL) again and again: nothing is lost or doubled. */
class KilledConsumerTest {
  private static final int KILLS = 20;
  private static final int EVENTS = 1_500;
  private static final int FINISH_SECONDS = 120;
  private static final Map<String, String> PARTS = CandorParts.migrated();

  private final Random random = new Random(5);

  /** One connection for all looks at the tables: a new one costs more CPU than an event. */
  private Connection database;

  @BeforeEach
  void connect() throws SQLException {
    database = TestTenant.connect("quarkus.datasource");
  }

  @AfterEach
  void disconnect() throws SQLException {
    database.close();
  }

  @Test
  void nothingIsLostOrDoubledByTwentyKills() throws Exception {
    var killed = TestTenant.create();
    var undisturbed = TestTenant.create();
    var events = events();
    var topic = publish(events);

    var start = System.nanoTime();
    for (int kill = 0; kill < KILLS; kill++) {
      killWhileIngesting(killed, topic);
    }
    System.out.printf(
        "%d kills in %d s, %d of %d events applied%n",
        KILLS, (System.nanoTime() - start) / 1_000_000_000, applied(killed), EVENTS);
    assertTrue(applied(killed) < EVENTS, "killed while there was work left");
    finish(killed, topic);
    finish(undisturbed, publish(events));

    assertEquals(undisturbed.knowledge(), killed.knowledge());
    assertEquals(EVENTS, applied(killed));
  }

  @Test
  void replayingTheTopicFromTheStartChangesNothing() throws Exception {
    var tenant = TestTenant.create();
    var topic = publish(events());
    finish(tenant, topic);
    var once = tenant.knowledge();

    rewind(topic);
    finish(tenant, topic);

    assertEquals(once, tenant.knowledge());
    assertEquals(EVENTS, applied(tenant));
  }

  private void killWhileIngesting(TestTenant tenant, String topic) throws Exception {
    var before = applied(tenant);
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            BareConsumer.class.getName());
    var arguments = new ArrayList<>(command);
    arguments.addAll(List.of(arguments(tenant, topic)));
    var process =
        new ProcessBuilder(arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (applied(tenant) == before) {
        assertTrue(process.isAlive(), "the consumer runs");
        Thread.sleep(10);
      }
      Thread.sleep(random.nextInt(60));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void finish(TestTenant tenant, String topic) throws Exception {
    var consumer = BareConsumer.create(arguments(tenant, topic));
    var thread = Thread.ofPlatform().start(consumer);
    var deadline = System.nanoTime() + FINISH_SECONDS * 1_000_000_000L;
    try {
      while (positions(topic) < EVENTS) {
        assertTrue(thread.isAlive(), "the consumer runs");
        assertTrue(System.nanoTime() < deadline, "it is done in time");
        Thread.sleep(20);
      }
    } finally {
      consumer.stop();
      thread.join();
    }
  }

  /** Publications of 40 documents, with some retirements, tombstones and announcements. */
  private List<ProducerRecord<String, String>> events() {
    var events = new ArrayList<ProducerRecord<String, String>>();
    var start = Instant.parse("2025-01-01T00:00:00Z");
    for (int i = 0; i < EVENTS; i++) {
      var key = "t/doc" + random.nextInt(40);
      var time = start.plusSeconds(60L * i);
      var published = i % 10 != 3;
      var data =
          published
              ? """
              {"title": "T", "kind": "faq", "format": "markdown", "text": "%s", "valid_from": %s}\
              """
                  .formatted(text(), i % 17 == 5 ? "\"2099-01-01T00:00:00Z\"" : "null")
              : "{}";
      events.add(
          new ProducerRecord<>(
              "",
              key,
              """
              {"specversion": "1.0", "id": "e%d", "source": "/test", "time": "%s",
               "type": "candor.document.%s.v1", "data": %s}\
              """
                  .formatted(i, time, published ? "published" : "retired", data)));
    }
    return events;
  }

  private String text() {
    var text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append("# H")
          .append(i)
          .append("\\n\\nRule ")
          .append(random.nextInt(50))
          .append(".\\n\\n");
    }
    return text.toString();
  }

  private static String publish(List<ProducerRecord<String, String>> events) throws Exception {
    var topic = "kill-" + UUID.randomUUID();
    var bootstrap = PARTS.get("candor.kafka.bootstrap-servers");
    Topics.create(KafkaConnection.of(bootstrap), topic, 3);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                bootstrap,
                "enable.idempotence",
                false,
                "max.in.flight.requests.per.connection",
                1),
            new StringSerializer(),
            new StringSerializer())) {
      var sent = new ArrayList<Future<RecordMetadata>>();
      for (var event : events) {
        sent.add(producer.send(new ProducerRecord<>(topic, event.key(), event.value())));
      }
      for (var acknowledged : sent) {
        acknowledged.get(60, TimeUnit.SECONDS);
      }
    }
    return topic;
  }

  private static String[] arguments(TestTenant tenant, String topic) {
    return new String[] {
      PARTS.get("quarkus.datasource.jdbc.url"),
      PARTS.get("quarkus.datasource.username"),
      PARTS.get("quarkus.datasource.password"),
      PARTS.get("candor.kafka.bootstrap-servers"),
      topic,
      tenant.id().toString()
    };
  }

  private int applied(TestTenant tenant) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute("select set_config('candor.tenant', '%s', false)".formatted(tenant.id()));
    }
    return (int) count("select count(*) from applied_event");
  }

  private long positions(String topic) throws SQLException {
    return count(
        "select coalesce(sum(next_offset), 0) from stream_position where topic = '%s'"
            .formatted(topic));
  }

  private long count(String sql) throws SQLException {
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void rewind(String topic) throws SQLException {
    try (var connection = TestTenant.connect("quarkus.datasource");
        var statement =
            connection.prepareStatement(
                "update stream_position set next_offset = 0 where topic = ?")) {
      statement.setString(1, topic);
      statement.executeUpdate();
    }
  }
}
