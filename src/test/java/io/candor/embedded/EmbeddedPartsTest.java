package io.candor.embedded;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real PostgreSQL and Kafka, stopped in every way they can be. */
class EmbeddedPartsTest {
  private static final CandorHome INSTALLED = CandorHome.locate();

  private CandorHome home;

  @BeforeEach
  void setUp() throws Exception {
    EmbeddedParts.setUp(INSTALLED, System.out);
    home = new CandorHome(CandorParts.openTemporaryFolder());
  }

  @AfterEach
  void deleteHome() {
    CandorParts.delete(home.root());
  }

  @Test
  void dataIsKeptBetweenStarts() throws Exception {
    try (EmbeddedParts parts = EmbeddedParts.start(INSTALLED, home)) {
      write(parts, "first");
    }
    long began = System.nanoTime();
    try (EmbeddedParts parts = EmbeddedParts.start(INSTALLED, home)) {
      System.out.printf("second start: %d ms%n", (System.nanoTime() - began) / 1_000_000);
      assertEquals(List.of("first"), read(parts));
      assertEquals(List.of("first"), records(parts));
    }
  }

  @Test
  void theApplicationsRoleOwnsNothingAndBypassesNothing() throws Exception {
    try (EmbeddedParts parts = EmbeddedParts.start(INSTALLED, home);
        Connection app = connectAsApp(parts);
        var sql = app.createStatement();
        var row =
            sql.executeQuery(
                """
                SELECT rolbypassrls OR rolsuper OR rolcreatedb OR rolcreaterole,
                       (SELECT count(*) FROM pg_database WHERE datdba = r.oid),
                       (SELECT extname FROM pg_extension WHERE extname = 'vector')
                FROM pg_roles r
                WHERE rolname = current_user
                """)) {
      assertTrue(row.next());
      assertFalse(row.getBoolean(1));
      assertEquals(0, row.getInt(2));
      assertEquals("vector", row.getString(3));
    }
  }

  @Test
  void bothServersComeBackAfterTheyWereKilled() throws Exception {
    try (EmbeddedParts parts = EmbeddedParts.start(INSTALLED, home)) {
      write(parts, "before");
      long postgres = kill(parts.postgres().process().orElseThrow());
      long kafka = kill(parts.kafka().process().orElseThrow());
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(() -> assertEquals(List.of("before"), read(parts)));
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(() -> assertEquals(List.of("before"), records(parts)));
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(() -> {
            assertNotEquals(postgres, parts.postgres().process().orElseThrow().pid());
            assertNotEquals(kafka, parts.kafka().process().orElseThrow().pid());
          });
      write(parts, "after");
      assertEquals(List.of("before", "after"), read(parts));
    }
  }

  @Test
  void nothingIsOrphanedWhenTheParentIsKilledAndTheDataSurvives() throws Exception {
    killAndAwaitServers(startParent());
    try (EmbeddedParts parts = EmbeddedParts.start(INSTALLED, home)) {
      assertEquals(List.of("from the parent"), read(parts));
    }
  }

  @Test
  void aSecondCandorOnTheSameHomeIsRefusedInOneLine() throws Exception {
    Process parent = startParent();
    try {
      var refused = assertThrows(SetupFailure.class, () -> EmbeddedParts.start(home));
      assertTrue(refused.getMessage().startsWith("Another Candor is running"));
      assertEquals(1, refused.getMessage().lines().count());
    } finally {
      killAndAwaitServers(parent);
    }
  }

  /** A JVM that starts the parts on this test's home, writes a row and waits. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      EmbeddedParts parts = EmbeddedParts.start(INSTALLED, new CandorHome(Path.of(args[0])));
      write(parts, "from the parent");
      System.out.println("started");
      Thread.sleep(Duration.ofMinutes(5));
    }
  }

  private Process startParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                home.root().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertTrue(parent.inputReader().lines().anyMatch("started"::equals));
    return parent;
  }

  private static void killAndAwaitServers(Process parent) throws InterruptedException {
    List<ProcessHandle> servers = parent.descendants().toList();
    assertTrue(servers.size() > 6, () -> "guards and servers expected: " + servers);
    parent.destroyForcibly().waitFor();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static long kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
    return process.pid();
  }

  private static void write(EmbeddedParts parts, String text) throws Exception {
    try (Connection owner = parts.postgres().connectAsOwner();
        var sql = owner.createStatement()) {
      sql.execute("CREATE TABLE IF NOT EXISTS note (id serial, text text)");
      sql.execute("INSERT INTO note (text) VALUES ('%s')".formatted(text));
    }
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap(parts), "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("candor.policies", 0, "key", text)).get();
    }
  }

  private static List<String> read(EmbeddedParts parts) throws SQLException {
    try (Connection owner = parts.postgres().connectAsOwner();
        var sql = owner.createStatement();
        var rows = sql.executeQuery("SELECT array_agg(text ORDER BY id) FROM note")) {
      rows.next();
      return List.of((String[]) rows.getArray(1).getArray());
    }
  }

  private static List<String> records(EmbeddedParts parts)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap(parts)))) {
      Set<String> topics = admin.listTopics().names().get();
      assertTrue(topics.containsAll(Set.of("candor.policies", "candor.policies.dead")));
    }
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap(parts));
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition first = new TopicPartition("candor.policies", 0);
      consumer.assign(List.of(first));
      consumer.seekToBeginning(List.of(first));
      var found = consumer.poll(Duration.ofSeconds(10));
      return found.records(first).stream().map(r -> r.value()).toList();
    }
  }

  private static String bootstrap(EmbeddedParts parts) {
    return parts.configuration().get("candor.kafka.bootstrap-servers");
  }

  private static Connection connectAsApp(EmbeddedParts parts) throws SQLException {
    Map<String, String> configuration = parts.configuration();
    return java.sql.DriverManager.getConnection(
        configuration.get("quarkus.datasource.jdbc.url"),
        configuration.get("quarkus.datasource.username"),
        configuration.get("quarkus.datasource.password"));
  }
}
