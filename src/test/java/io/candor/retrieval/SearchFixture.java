package io.candor.retrieval;

import io.candor.CandorParts;
import io.candor.security.Administration;
import io.candor.serving.BgeEmbeddingModel;
import io.candor.serving.EmbeddingModels;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** The search with its usual settings on a real database, in a transaction that is rolled back. */
final class SearchFixture implements AutoCloseable {
  static final RetrievalConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(RetrievalConfig.class)
          .build()
          .getConfigMapping(RetrievalConfig.class);

  final Connection connection;
  final Retriever retriever;

  SearchFixture(BgeEmbeddingModel model) throws SQLException {
    CandorParts.migrated();
    connection = CandorParts.connect("quarkus.datasource");
    connection.setAutoCommit(false);
    retriever = new Retriever(OneConnection.of(connection), new EmbeddingModels(model), CONFIG);
  }

  /** The documents of a new tenant. */
  Corpus corpus() throws SQLException {
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      return new Corpus(connection, Administration.createTenant(owner, "t-" + UUID.randomUUID()));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
