package io.candor.knowledge;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.candor.audit.KafkaConnection;
import io.candor.serving.BgeEmbeddingModel;
import io.candor.serving.EmbeddingModels;
import io.candor.serving.TextEmbeddingModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The consumer alone, without the server, so that a test can kill its process and start it fast.
 */
final class BareConsumer {
  private BareConsumer() {}

  /** Consumes until killed: database URL, user, password, bootstrap servers, topic, tenant id. */
  public static void main(String[] args) {
    create(args).run();
  }

  static PolicyConsumer create(String... args) {
    var database = pool(args[0], args[1], args[2]);
    var tenant = UUID.fromString(args[5]);
    var positions = new StreamPositions(database);
    return new PolicyConsumer(
        new PolicyConsumer.Settings(KafkaConnection.of(args[3]), args[4], 3, "bare", 100_000),
        new Ledger(
            new PlainTransactions(database),
            new EmbeddingModels(new LengthModel()),
            Clock.systemUTC()),
        positions,
        name -> Optional.of(tenant),
        new StreamMeter(new SimpleMeterRegistry(), positions, args[4]));
  }

  static DataSource pool(String url, String user, String password) {
    var settings =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(pool ->
                pool.maxSize(3)
                    .connectionFactoryConfiguration(connection ->
                        connection
                            .jdbcUrl(url)
                            .principal(new NamePrincipal(user))
                            .credential(new SimplePassword(password))));
    try {
      return AgroalDataSource.from(settings);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  record PlainTransactions(DataSource database) implements Transactions {
    @Override
    public <T> T call(UUID tenant, Work<T> work) {
      try (var connection = database.getConnection()) {
        connection.setAutoCommit(false);
        try {
          confine(connection, tenant);
          var result = work.over(connection);
          connection.commit();
          return result;
        } finally {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void confine(Connection connection, UUID tenant) throws SQLException {
      try (var statement =
          connection.prepareStatement("select set_config('candor.tenant', ?, true)")) {
        statement.setString(1, tenant.toString());
        statement.execute();
      }
    }
  }

  /**
   * Embeds a text as its length, under the bundled model's name: enough to see whether a vector is
   * there, and is the right one.
   */
  static final class LengthModel implements TextEmbeddingModel {
    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
      return Response.from(segments.stream().map(s -> embedQuery(s.text())).toList());
    }

    @Override
    public Embedding embedQuery(String query) {
      var vector = new float[BgeEmbeddingModel.DIMENSION];
      vector[0] = query.length();
      vector[1] = 1;
      return Embedding.from(vector);
    }

    @Override
    public String modelName() {
      return BgeEmbeddingModel.NAME;
    }

    @Override
    public void close() {}
  }
}
