package io.candor.knowledge;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.serving.BgeEmbeddingModel;
import io.candor.serving.EmbeddingModels;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server whose searches could not be right does not start, and says what to do. */
class ReembeddingStartTest {
  private static final String OTHER = "other-model";
  private static final Map<String, String> PARTS = CandorParts.migrated();

  private static DataSource database;

  @BeforeAll
  static void connect() {
    database =
        BareConsumer.pool(
            PARTS.get("quarkus.datasource.jdbc.url"),
            PARTS.get("quarkus.datasource.username"),
            PARTS.get("quarkus.datasource.password"));
  }

  @Test
  void theActiveModelHasToBeKnown() {
    var error = startWith(new EmbeddingModels(new BareReembedding.HashedWords(OTHER, 0)));

    assertTrue(
        error
            .getMessage()
            .contains("configure candor.serving.embedding.models." + BgeEmbeddingModel.NAME),
        error.getMessage());
  }

  @Test
  void anotherModelUnderAStoredNameIsFoundOut() throws SQLException {
    var direction = new float[64];
    direction[63] = 1;
    try (var connection = database.getConnection()) {
      StoredModel.register(connection, OTHER, direction);
    }
    try (var bundled = new BgeEmbeddingModel()) {
      var error =
          startWith(new EmbeddingModels(new BareReembedding.HashedWords(OTHER, 0), bundled));

      assertTrue(error.getMessage().contains(OTHER + " is not the one"), error.getMessage());
    } finally {
      try (var owner = TestTenant.connect("quarkus.flyway")) {
        EmbeddingAdministration.drop(owner, OTHER);
      }
    }
  }

  @Test
  void vectorsThatTheIndexCannotHoldAreRefused() throws SQLException {
    try (var connection = database.getConnection()) {
      var error =
          assertThrows(
              IllegalArgumentException.class,
              () -> StoredModel.register(connection, OTHER, new float[3072]));

      assertTrue(error.getMessage().contains("the index takes 2000"), error.getMessage());
    }
  }

  private static IllegalStateException startWith(EmbeddingModels models) {
    var reembedding =
        new Reembedding(new BareConsumer.PlainTransactions(database), database, models);
    return assertThrows(IllegalStateException.class, () -> reembedding.start(null));
  }
}
