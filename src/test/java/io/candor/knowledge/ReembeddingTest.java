package io.candor.knowledge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.CandorParts;
import io.candor.serving.BgeEmbeddingModel;
import io.candor.serving.EmbeddingEndpoint;
import io.candor.serving.EmbeddingModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The embedding model is changed, and changed back, under a server that searches all the while. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
@QuarkusTestResource(value = ReembeddingTest.HashedModel.class, restrictToAnnotatedClass = true)
class ReembeddingTest {
  private static final String HASHED = "hashed";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A second model, behind an endpoint. */
  public static final class HashedModel implements QuarkusTestResourceLifecycleManager {
    private EmbeddingEndpoint endpoint;

    @Override
    public Map<String, String> start() {
      endpoint = new EmbeddingEndpoint(HashedModel::slowly);
      return Map.of("candor.serving.embedding.models." + HASHED + ".url", endpoint.url());
    }

    /** So that there is time to search and to publish while it fills. */
    private static float[] slowly(String text) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return EmbeddingEndpoint.hashedWords(text);
    }

    @Override
    public void stop() {
      endpoint.close();
    }
  }

  @Inject Transactions transactions;
  @Inject DataSource database;
  @Inject EmbeddingModels models;

  private final io.candor.TestTenant tenant = io.candor.TestTenant.create("reembedding");

  @AfterEach
  void changeBack() throws SQLException {
    new ReembeddingJob(transactions, database, models, BgeEmbeddingModel.NAME).run();
    dropHashed();
  }

  @Test
  void searchesAreRightWhileTheModelChangesAndChangesBack() throws Exception {
    for (int i = 0; i < 40; i++) {
      publish(i);
    }
    var scores = new TreeSet<Double>();
    int published = 40;
    for (var model : List.of(HASHED, BgeEmbeddingModel.NAME)) {
      published = changeTo(model, published, scores);
      assertEquals(model, active());
    }

    assertEquals(2, scores.size(), "one score by each model, and nothing else: " + scores);
    var without =
        """
        select p.content_hash::text from passage p
        where not exists (select from embedding e where e.content_hash = p.content_hash and e.model = '%s')
        """;
    assertEquals(
        List.of(),
        transactions.call(
            tenantId(), connection -> rows(connection, without.formatted(models.use()))));
  }

  /** Searches and publishes until the model is changed, and a little longer. */
  private int changeTo(String model, int published, Set<Double> scores) throws Exception {
    var job = new ReembeddingJob(transactions, database, models, model);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      scores.add(vectorScore(0));
      var changed = CompletableFuture.runAsync(job, threads);
      int after = 0;
      while (after < 5) {
        if (changed.isDone()) {
          after++;
        }
        publish(published);
        vectorScore(published++);
        scores.add(vectorScore(0));
      }
      changed.get(60, TimeUnit.SECONDS);
    }
    assertTrue(job.progress().active(), job.progress().toString());
    return published;
  }

  private void publish(int i) {
    tenant.put("policy-" + i, "Policy " + i, text(i));
  }

  private static String text(int i) {
    return "The rule of %s is number %d.".formatted("zq" + (char) ('a' + i % 26) + i, i);
  }

  /** The similarity of a document's text to itself, which has to be found, with its title on it. */
  private double vectorScore(int i) throws Exception {
    var hits = search(text(i));
    var hit = hits.stream().filter(h -> h.get("document").asText().equals("policy-" + i)).findAny();
    assertTrue(hit.isPresent(), "policy-%d is not in %s".formatted(i, hits));
    return Math.round(hit.get().get("scores").get("vector").asDouble() * 1e4) / 1e4;
  }

  private List<JsonNode> search(String query) throws Exception {
    var response =
        tenant.send("POST", "/api/v1/search", "{\"query\": \"%s\", \"k\": 20}".formatted(query));
    assertEquals(200, response.statusCode(), response.body());
    var hits = new ArrayList<JsonNode>();
    JSON.readTree(response.body().getBytes(UTF_8)).get("results").forEach(hits::add);
    return hits;
  }

  private String active() throws SQLException {
    try (var connection = database.getConnection()) {
      return StoredModel.active(connection).name();
    }
  }

  private java.util.UUID tenantId() throws SQLException {
    try (var owner = io.candor.TestTenant.ownerConnection()) {
      return java.util.UUID.fromString(
          rows(owner, "select id from tenant where name = '%s'".formatted(tenant.name()))
              .getFirst());
    }
  }

  private static List<String> rows(java.sql.Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private static void dropHashed() throws SQLException {
    try (var owner = io.candor.TestTenant.ownerConnection();
        var statement = owner.createStatement()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> EmbeddingAdministration.drop(owner, BgeEmbeddingModel.NAME),
          "the one that searches");
      assertThrows(
          IllegalArgumentException.class,
          () -> EmbeddingAdministration.drop(owner, HASHED),
          "it searched a moment ago");
      statement.execute(
          "update embedding_model set since = now() - interval '2 minutes' where state = 'retired'");
      EmbeddingAdministration.drop(owner, HASHED);
      assertEquals(
          List.of(BgeEmbeddingModel.NAME),
          EmbeddingAdministration.list(owner).stream()
              .map(EmbeddingAdministration.Stored::name)
              .toList());
    }
  }
}
