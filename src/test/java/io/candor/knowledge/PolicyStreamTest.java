package io.candor.knowledge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class PolicyStreamTest {
  private static final String TOPIC = "candor.policies";

  @Inject PolicyPublisher publisher;
  @Inject KnowledgeGate gate;
  @Inject Documents documents;
  @Inject PolicyStream stream;

  @ConfigProperty(name = "candor.kafka.bootstrap-servers")
  String bootstrapServers;

  private TestTenant tenant;
  private KafkaProducer<String, String> raw;

  @BeforeEach
  void createTenant() throws SQLException {
    tenant = TestTenant.create();
    raw =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer());
    await().atMost(Duration.ofSeconds(20)).until(() -> stream.status().alive());
  }

  @AfterEach
  void close() {
    raw.close();
  }

  @Test
  void aPublishedDocumentIsInForceWithinASecond() {
    publishAndWait("warm-up", "Warm up.");
    var paragraphs = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      paragraphs.add("Rule %d. ".formatted(i) + "Goods may be returned in this case. ".repeat(11));
    }
    publishAndWait("terms", String.join("\n\n", paragraphs));
    var times = new ArrayList<Long>();
    for (int i = 0; i < 40; i++) {
      paragraphs.set(i, "Rule %d now says %d days. ".formatted(i, i) + "It is so. ".repeat(30));
      var start = System.nanoTime();
      publishAndWait("terms", String.join("\n\n", paragraphs));
      times.add((System.nanoTime() - start) / 1_000_000);
    }
    times.sort(null);
    System.out.printf(
        "publish to in force, 20 kB document, ms: p50 %d, p95 %d, max %d%n",
        times.get(20), times.get(38), times.getLast());
    assertTrue(times.get(20) < 1000, "p50 " + times.get(20));
  }

  @Test
  void lagIsSmallWhileKafkaIsThere() {
    publishAndWait("a", "A.");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> read(Optional.empty(), KnowledgeView::lagMs) < 500);
  }

  @Test
  void redeliveryChangesNothing() throws Exception {
    var event = event("e1", "candor.document.published.v1", draft("Thirty days."));
    waitFor(send("returns", event));
    var before = tenant.knowledge();

    waitFor(send("returns", event));
    waitFor(send("returns", event));

    assertEquals(before, tenant.knowledge());
    assertEquals(List.of("1"), tenant.select("select count(*) from applied_event"));
  }

  @Test
  void aTombstoneRetires() throws Exception {
    publishAndWait("returns", "Thirty days.");

    waitFor(send("returns", null));

    assertEquals(Optional.empty(), text("returns"));
  }

  @Test
  void retiringAndPublishingAgainWork() {
    publishAndWait("returns", "Thirty days.");
    waitFor(
        PolicyPublisher.acknowledged(publisher.retire(tenant.name(), "returns", Optional.empty())));
    assertEquals(Optional.empty(), text("returns"));

    publishAndWait("returns", "Thirty days.");

    assertEquals(Optional.of("Thirty days."), text("returns"));
  }

  @Test
  void theLaterEventWinsWhateverItsMakersClockSays() throws Exception {
    var fast = Instant.now().plusSeconds(86_400);
    var slow = Instant.now().minusSeconds(86_400);
    waitFor(send("returns", event("e1", "candor.document.published.v1", draft("One."), fast)));
    assertEquals(Optional.of("One."), text("returns"));

    waitFor(send("returns", event("e2", "candor.document.published.v1", draft("Two."), slow)));

    assertEquals(Optional.of("Two."), text("returns"));
  }

  @Test
  void aPoisonedEventDoesNotHarmItsNeighbours() throws Exception {
    var poison =
        List.of(
            "not json",
            "{}",
            event("p1", "candor.document.unknown.v1", draft("x")),
            event("p2", "candor.document.published.v1", "{\"title\": \"x\"}"),
            event("p3", "candor.document.published.v1", draft("a\\u0000b")));
    Token.Offset last = null;
    for (int i = 0; i < 99; i++) {
      last =
          send("d" + i, event("e" + i, "candor.document.published.v1", draft("Text " + i + ".")));
      if (i % 20 == 10) {
        send("poisoned", poison.get(i / 20));
      }
    }
    var strangers =
        raw.send(
                new ProducerRecord<>(
                    TOPIC,
                    "no-such-tenant/x",
                    event("s1", "candor.document.published.v1", draft("x"))))
            .get();
    raw.send(new ProducerRecord<>(TOPIC, null, "{}")).get();
    waitFor(last);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertEquals(List.of("99"), tenant.select("select count(*) from version")));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          var letters = deadLetters();
          assertEquals(
              poison,
              letters.stream()
                  .filter(l -> (tenant.name() + "/poisoned").equals(l.key()))
                  .map(ConsumerRecord::value)
                  .toList());
          var stranger =
              letters.stream()
                  .filter(l -> header(l, "candor-offset").equals("" + strangers.offset()))
                  .filter(l -> header(l, "candor-partition").equals("" + strangers.partition()))
                  .findFirst()
                  .orElseThrow();
          assertTrue(header(stranger, "candor-reason").contains("no-such-tenant"));
          assertEquals(TOPIC, header(stranger, "candor-topic"));
        });
  }

  @Test
  void everyChangeIsAnnouncedThroughTheOutbox() throws Exception {
    publishAndWait("returns", "Thirty days.");

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertTrue(
                read("candor.documents-applied").stream()
                    .anyMatch(r -> r.key().equals(tenant.name() + "/returns"))));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> tenant.select("select id from outbox").isEmpty());
  }

  @Test
  void aRecordThatWasNotPublishedIsStale() {
    var never = new Token.Offset(0, Long.MAX_VALUE / 2);
    assertThrows(StaleKnowledgeException.class, () -> waitFor(never));
  }

  private void publishAndWait(String key, String text) {
    var draft =
        new Draft(
            "Terms",
            Kind.POLICY,
            Format.MARKDOWN,
            text,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    waitFor(publisher.publish(tenant.name(), key, draft));
  }

  private void waitFor(Token token) {
    for (int i = 0; i < 10; i++) {
      try {
        read(Optional.of(token), KnowledgeView::token);
        return;
      } catch (StaleKnowledgeException e) {
        if (((Token.Offset) token).offset() > 1_000_000) {
          throw e;
        }
      }
    }
    throw new AssertionError(token + " never came into force");
  }

  private <T> T read(Optional<Token> after, java.util.function.Function<KnowledgeView, T> body) {
    return gate.read(tenant.id(), Optional.empty(), after, body);
  }

  private Optional<String> text(String key) {
    return read(Optional.empty(), view -> documents.inForce(key, view.asOf()).map(d -> d.text()));
  }

  private Token.Offset send(String key, String value)
      throws ExecutionException, InterruptedException {
    var sent = raw.send(new ProducerRecord<>(TOPIC, tenant.name() + "/" + key, value)).get();
    return new Token.Offset(sent.partition(), sent.offset());
  }

  private static String draft(String text) {
    return """
    {"title": "T", "kind": "faq", "format": "text", "text": "%s"}\
    """
        .formatted(text);
  }

  private static String event(String id, String type, String data) {
    return event(id, type, data, Instant.now());
  }

  private static String event(String id, String type, String data, Instant time) {
    return """
    {"specversion": "1.0", "id": "%s", "source": "/test", "type": "%s", "time": "%s", "data": %s}\
    """
        .formatted(id, type, time, data);
  }

  private List<ConsumerRecord<String, String>> deadLetters() {
    return read(TOPIC + ".dead");
  }

  private List<ConsumerRecord<String, String>> read(String topic) {
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrapServers);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var found = new ArrayList<ConsumerRecord<String, String>>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
      return found;
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
