package io.candor.retrieval;

import com.pgvector.PGvector;
import io.candor.knowledge.StoredModel;
import io.smallrye.config.WithDefault;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs the search statement on a connection: {@link Retriever} does for the product, and the
 * benchmark of scale for itself.
 *
 * @param efSearch candidates that the vector index keeps while it looks for the nearest
 * @param textWeight what one unit of BM25 adds to a cosine similarity, before {@link Fusion}
 */
public record HybridSearch(Effort effort, int efSearch, double textWeight) {
  private static final String SETTINGS =
      """
      select set_config('hnsw.iterative_scan', 'relaxed_order', true),
             set_config('hnsw.ef_search', ?, true),
             set_config('work_mem', '16MB', true),
             set_config('jit', 'off', true),
             set_config('enable_memoize', 'off', true),
             set_config('max_parallel_workers_per_gather', '0', true),
             current_setting('candor.tenant') as tenant
      """;

  static HybridSearch of(RetrievalConfig config, Effort effort) {
    return new HybridSearch(effort, config.efSearch(), config.textWeight());
  }

  /** With the product's default settings, for programs that run outside of the server. */
  public static HybridSearch byDefault(Effort effort) {
    return new HybridSearch(
        effort,
        Integer.parseInt(defaultOf("efSearch")),
        Double.parseDouble(defaultOf("textWeight")));
  }

  private static String defaultOf(String setting) {
    try {
      return RetrievalConfig.class
          .getDeclaredMethod(setting)
          .getAnnotation(WithDefault.class)
          .value();
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("no setting " + setting, e);
    }
  }

  /**
   * The best chunks first, at most one per document and passage.
   *
   * @param connection in a transaction that is confined to the tenant
   */
  public List<Hit> run(Connection connection, String query, float[] vector, int k, Instant instant)
      throws SQLException {
    var model = StoredModel.active(connection);
    return run(connection, model, query, vector, k, instant, SearchFilter.NONE);
  }

  /** The same with the vectors of that model, among the documents that the filter lets through. */
  List<Hit> run(
      Connection connection,
      StoredModel model,
      String query,
      float[] vector,
      int k,
      Instant instant,
      SearchFilter filter)
      throws SQLException {
    // A plan that suits one tenant's number of passages may suit another's badly, and a connection
    // keeps plans by their text: each tenant has its own.
    var sql = SearchStatement.sql(model, effort) + "-- " + tune(connection);
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, new PGvector(vector));
      statement.setString(2, query);
      statement.setString(3, query);
      statement.setObject(4, instant.atOffset(ZoneOffset.UTC));
      statement.setDouble(5, textWeight);
      statement.setInt(6, k);
      statement.setArray(7, array(connection, filter.kind()));
      statement.setArray(8, array(connection, filter.locale()));
      statement.setArray(9, array(connection, filter.tags()));
      try (var rows = statement.executeQuery()) {
        var hits = new ArrayList<Hit>(k);
        while (rows.next()) {
          hits.add(hit(rows));
        }
        return hits;
      }
    }
  }

  /** Sets what the search needs for this transaction; returns the tenant. */
  private String tune(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(SETTINGS)) {
      statement.setString(1, Integer.toString(efSearch));
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getString("tenant");
      }
    }
  }

  private static Array array(Connection connection, List<String> values) throws SQLException {
    return values == null ? null : connection.createArrayOf("text", values.toArray());
  }

  private static Hit hit(ResultSet row) throws SQLException {
    int start = row.getInt("start_at");
    int end = row.getInt("end_at");
    var text = row.getString("text");
    var page = row.getString("page");
    return new Hit(
        row.getString("key"),
        row.getString("title"),
        row.getInt("number"),
        row.getObject("version_id", UUID.class),
        row.getInt("ordinal"),
        row.getString("heading"),
        text,
        page == null ? text : page.substring(start, end),
        start,
        end,
        row.getString("kind"),
        Optional.ofNullable(row.getString("url")),
        row.getObject("valid_from", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("valid_until", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        row.getDouble("score"),
        row.getDouble("cosine"),
        row.getDouble("bm25"),
        row.getDouble("coverage"));
  }
}
