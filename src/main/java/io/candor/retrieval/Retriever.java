package io.candor.retrieval;

import io.candor.knowledge.KnowledgeView;
import io.candor.knowledge.StoredModel;
import io.candor.serving.EmbeddingModels;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
@Startup // a reranker that cannot be used is noticed when the server starts
@ApplicationScoped
public class Retriever {
  private final DataSource database;
  private final EmbeddingModels models;
  private final HybridSearch search;
  private final Optional<Reranker> reranker;

  Retriever(DataSource database, EmbeddingModels models, RetrievalConfig config) {
    this.database = database;
    this.models = models;
    this.search = HybridSearch.of(config, Effort.USUAL);
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
      var model = StoredModel.active(connection);
      var vector = QueryVector.of(text, models.get(model.name()));
      return search.run(connection, model, text, vector, k, view.asOf(), filter);
    } catch (SQLException e) {
      throw new IllegalStateException("the search statement failed", e);
    }
  }

  @PreDestroy
  void close() {
    reranker.ifPresent(Reranker::close);
  }

  /** PostgreSQL's text holds neither U+0000 nor half a surrogate pair. */
  private static String storable(String query) {
    var encoded = query.replace('\0', ' ').getBytes(StandardCharsets.UTF_8);
    return new String(encoded, StandardCharsets.UTF_8);
  }
}
