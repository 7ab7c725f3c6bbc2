package io.candor.retrieval;

import com.pgvector.PGvector;
import io.candor.knowledge.KnowledgeView;
import io.candor.knowledge.StoredModel;
import io.candor.serving.EmbeddingModels;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
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
import javax.sql.DataSource;

/**
 * Finds the chunks that bear on a question, among the versions in force at the view's instant.
 *
 * <p>Cosine similarity and BM25 are added, not ranks fused: the sum keeps what ranks throw away,
 * how sure each half is. What BM25 is worth depends on the question, see {@link Fusion}.
 *
 * <p>The embedding model is the one that is active in the search's own transaction, so that the
 * question's vector and those it is compared with are always of one model.
 */
@ApplicationScoped
public class Retriever {
  private static final String SETTINGS =
      """
      select set_config('hnsw.iterative_scan', 'relaxed_order', true),
             set_config('hnsw.ef_search', ?, true),
             set_config('work_mem', '16MB', true),
             set_config('jit', 'off', true)
      """;

  private final DataSource database;
  private final EmbeddingModels models;
  private final RetrievalConfig config;
  private final Optional<Reranker> reranker;

  Retriever(DataSource database, EmbeddingModels models, RetrievalConfig config) {
    this.database = database;
    this.models = models;
    this.config = config;
    this.reranker = Reranker.configured(config.reranker());
  }

  /**
   * The best chunks first, at most one per document and passage. Call it inside {@code
   * KnowledgeGate.read}, whose transaction confines it to the tenant.
   *
   * @param query in any language that the embedding model knows; words are stemmed as English
   * @param k the most hits, 1 to 100
   */
  public List<Hit> search(String query, int k, KnowledgeView view) {
    return search(query, k, view, SearchFilter.NONE);
  }

  /** The same among the documents that the filter lets through. */
  List<Hit> search(String query, int k, KnowledgeView view, SearchFilter filter) {
    if (k < 1 || k > 100) {
      throw new IllegalArgumentException("k is 1 to 100, not " + k);
    }
    var text = storable(query);
    int read = Math.max(k, reranker.map(Reranker::top).orElse(0));
    var hits = fused(text, read, view, filter);
    return reranker.map(r -> r.rerank(text, hits)).orElse(hits).stream().limit(k).toList();
  }

  private List<Hit> fused(String text, int k, KnowledgeView view, SearchFilter filter) {
    try (var connection = database.getConnection()) {
      tune(connection);
      var model = StoredModel.active(connection);
      var vector = QueryVector.of(text, models.get(model.name()));
      return search(connection, model, text, vector, k, view.asOf(), filter);
    } catch (SQLException e) {
      throw new IllegalStateException("the search statement failed", e);
    }
  }

  /** PostgreSQL's text holds neither U+0000 nor half a surrogate pair. */
  private static String storable(String query) {
    var encoded = query.replace('\0', ' ').getBytes(StandardCharsets.UTF_8);
    return new String(encoded, StandardCharsets.UTF_8);
  }

  private void tune(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(SETTINGS)) {
      statement.setString(1, Integer.toString(config.efSearch()));
      statement.execute();
    }
  }

  private List<Hit> search(
      Connection connection,
      StoredModel model,
      String query,
      float[] vector,
      int k,
      Instant instant,
      SearchFilter filter)
      throws SQLException {
    try (var statement = connection.prepareStatement(SearchStatement.sql(model))) {
      statement.setObject(1, new PGvector(vector));
      statement.setString(2, query);
      statement.setString(3, query);
      statement.setObject(4, instant.atOffset(ZoneOffset.UTC));
      statement.setDouble(5, config.textWeight());
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
