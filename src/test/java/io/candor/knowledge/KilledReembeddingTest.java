package io.candor.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.serving.BgeEmbeddingModel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Re-embedding in a process that is killed (SIGKILL): the next one goes on where it was. */
class KilledReembeddingTest {
  private static final String MODEL = "killed-model";
  private static final int PASSAGES = 600;
  private static final int KILLS = 3;
  private static final Map<String, String> PARTS = CandorParts.migrated();

  private TestTenant tenant;
  private DataSource database;

  @BeforeEach
  void writePassages() throws SQLException {
    database = BareConsumer.pool(part("jdbc.url"), part("username"), part("password"));
    tenant = TestTenant.create();
    var sql =
        """
        insert into passage (tenant_id, content_hash, title, heading, text)
        select current_tenant(), sha256(i::text::bytea), 'Returns', 'Periods', 'passage ' || i
        from generate_series(1, %d) i
        """;
    new BareConsumer.PlainTransactions(database)
        .call(
            tenant.id(),
            connection -> connection.createStatement().executeUpdate(sql.formatted(PASSAGES)));
  }

  @AfterEach
  void changeBack() throws SQLException {
    BareReembedding.job(database, new BareConsumer.LengthModel()).run();
    try (var owner = TestTenant.connect("quarkus.flyway");
        var statement = owner.createStatement()) {
      statement.execute("update embedding_model set since = '2020-01-01' where state = 'retired'");
      EmbeddingAdministration.drop(owner, MODEL);
    }
  }

  @Test
  void aKilledReembeddingIsResumedAndLosesNothing() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      long before = embedded();
      var process = start();
      while (embedded() == before) {
        assertTrue(process.isAlive(), "re-embedding runs");
        Thread.sleep(20);
      }
      process.destroyForcibly().waitFor();
      assertEquals("filling", state(MODEL));
      assertEquals("active", state(BgeEmbeddingModel.NAME));
    }
    assertTrue(embedded() < PASSAGES, "killed while there was work left");

    var process = start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");

    assertEquals(PASSAGES, embedded());
    assertEquals("active", state(MODEL));
    assertEquals("retired", state(BgeEmbeddingModel.NAME));
  }

  private Process start() throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            BareReembedding.class.getName(),
            part("jdbc.url"),
            part("username"),
            part("password"),
            MODEL);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String part(String name) {
    return PARTS.get("quarkus.datasource." + name);
  }

  private long embedded() throws SQLException {
    return Long.parseLong(
        tenant
            .select("select count(*) from embedding where model = '%s'".formatted(MODEL))
            .getFirst());
  }

  private String state(String model) throws SQLException {
    return tenant
        .select("select state from embedding_model where name = '%s'".formatted(model))
        .getFirst();
  }
}
