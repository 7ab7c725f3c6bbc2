package io.candor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.audit.KafkaConnection;
import io.candor.knowledge.PolicyPublisher;
import io.candor.security.Administration;
import io.candor.security.Scope;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two servers on one database and one topic, as two processes that know nothing of each other: what
 * one takes the other answers from, and either may go, told to or not.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicasIT {
  private static final int PARTITIONS = 4;
  private static final int DOCUMENTS = 24;
  private static final Duration TAKEOVER = Duration.ofSeconds(15);
  private static final Duration HANDOVER = Duration.ofSeconds(5);
  private static final String RETURNS = "How long do I have to return a chair?";
  private static final String TENANT = "replicated";

  private static Replica first;
  private static Replica second;
  private static String key;
  private static UUID tenant;
  private static PolicyPublisher publisher;

  @BeforeAll
  static void startBothAtOnce() throws Exception {
    Replica.run("migrate", "--patience=PT60S");
    Replica.run("migrate", "--wait");
    first = Replica.start("first");
    second = Replica.start("second");
    first.awaitReady();
    second.awaitReady();
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      tenant = Administration.createTenant(owner, TENANT);
      key = Administration.createKey(owner, TENANT, EnumSet.allOf(Scope.class));
    }
    publisher =
        new PolicyPublisher(
            KafkaConnection.of(CandorParts.configuration().get("candor.kafka.bootstrap-servers")),
            URI.create("/replicas"));
  }

  @AfterAll
  static void stop() {
    publisher.close();
    first.close();
    second.close();
  }

  @BeforeEach
  void partitionsAreShared() throws Exception {
    if (!first.isAlive()) {
      first = Replica.start("first").awaitReady();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> first.partitions() == 2 && second.partitions() == 2);
  }

  @Test
  @Order(1)
  void whatOneTakesTheOtherAnswersFrom() {
    for (int days = 10; days < 13; days++) {
      var writer = days % 2 == 0 ? first : second;
      var reader = days % 2 == 0 ? second : first;
      var token = put(writer, days);
      var answer = reader.ask(key, Map.of("message", RETURNS, "after", token));
      assertTrue(text(answer).contains(days + " days"), answer::toPrettyString);
    }
  }

  @Test
  @Order(2)
  void bothSayTheSameWordsAndKnowTheSameConversations() {
    var token = put(first, 30);
    var question = Map.of("message", RETURNS, "after", token);
    var answer = first.ask(key, question);
    assertEquals(text(answer), text(second.ask(key, question)));
    assertEquals(text(answer), text(second.ask(key, question)), "remembered words are the same");
    var followUp =
        Map.of("message", "And how?", "conversation_id", answer.path("conversation_id").asText());
    assertEquals(answer.path("conversation_id"), second.ask(key, followUp).path("conversation_id"));
  }

  /** The last, so that nobody waits for it to come back. */
  @Test
  @Order(4)
  void aKilledReplicaIsTakenOver() throws Exception {
    put(second, 30);
    var over = new AtomicBoolean();
    var failures = new CopyOnWriteArrayList<String>();
    var asking = Thread.ofVirtual().start(() -> askUntil(over, failures));
    var published = new ConcurrentHashMap<String, Integer>();
    int events = publish(published, 0, 2);

    first.kill();
    var killed = System.nanoTime();
    events += publish(published, 2, 4);
    await()
        .atMost(TAKEOVER)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> second.partitions() == PARTITIONS);
    int expected = events;
    await().atMost(TAKEOVER).until(() -> applied() == expected);
    var took = Duration.ofNanos(System.nanoTime() - killed);
    over.set(true);
    asking.join();

    System.out.printf("a killed replica's policies are in force after %d ms%n", took.toMillis());
    assertTrue(took.compareTo(TAKEOVER) < 0, "took over after " + took);
    assertEquals(List.of(), failures);
    for (var document : published.entrySet()) {
      var versions = versions(document.getKey());
      assertEquals(4, versions.size(), document::toString);
    }
  }

  @Test
  @Order(3)
  void oneThatIsToldToStopEndsItsAnswersAndHandsOverAtOnce() {
    put(first, 30);
    var lines = new ArrayList<String>();
    try (var stream = first.stream(key, "What must I know when I want to return a chair?")) {
      stream.forEach(line -> {
        if (lines.isEmpty()) {
          first.askToStop();
        }
        lines.add(line);
      });
    }
    assertTrue(lines.contains("event: final"), lines::toString);
    await().atMost(HANDOVER).until(() -> second.partitions() == PARTITIONS);
    await().atMost(HANDOVER).until(() -> !first.isAlive());
  }

  /** Publishes these versions of every document, and returns how many events that were. */
  private static int publish(Map<String, Integer> published, int from, int to) {
    int events = 0;
    for (int version = from; version < to; version++) {
      for (int i = 0; i < DOCUMENTS; i++) {
        var document = new ObjectMapper().createObjectNode();
        document.put("title", "Rule").put("kind", "policy").put("format", "markdown");
        document.put("text", "Rule %d says %d.".formatted(i, version));
        PolicyPublisher.acknowledged(
            publisher.publish(TENANT, "rule-" + i, UUID.randomUUID(), document));
        published.put("rule-" + i, version);
        events++;
      }
    }
    return events;
  }

  private static void askUntil(AtomicBoolean over, List<String> failures) {
    while (!over.get()) {
      try {
        var answer = second.ask(key, Map.of("message", RETURNS));
        if (!text(answer).contains("30 days")) {
          failures.add(answer.toString());
        }
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
    }
  }

  /** Stores the policy through that replica, and returns the token. */
  private static String put(Replica replica, int days) {
    var text = "# Returns\n\nYou have %d days to return a chair.\n".formatted(days);
    var body = Map.of("title", "Returns", "kind", "policy", "format", "markdown", "text", text);
    var written = replica.send(key, "PUT", "/api/v1/documents/returns", body);
    return written.path("knowledge").path("token").asText();
  }

  private static String text(JsonNode answer) {
    return answer.path("text").asText();
  }

  private static List<JsonNode> versions(String document) {
    var versions = new ArrayList<JsonNode>();
    second
        .send(key, "GET", "/api/v1/documents/" + document + "/versions", Map.of())
        .forEach(versions::add);
    return versions;
  }

  /** Events of the topic that took effect for the tenant. */
  private static int applied() throws SQLException {
    try (var connection = CandorParts.connect("quarkus.datasource");
        var statement = connection.createStatement()) {
      statement.execute("select set_config('candor.tenant', '%s', false)".formatted(tenant));
      var sql = "select count(*) from applied_event where source = '/replicas'";
      try (var rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
