package io.candor.evaluation;

import io.candor.retrieval.Effort;
import io.candor.retrieval.Hit;
import io.candor.retrieval.HybridSearch;
import io.candor.serving.BgeEmbeddingModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/**
 * The product's search statement as one client runs it, and how much of the exact result it finds.
 */
final class ScaleSearch {
  private static final int K = 10;

  /** All candidates of a search, which are ranked here by one half's score and by the other's. */
  private static final int ALL = Effort.EXACT.nearest() + Effort.EXACT.matched();

  private final Connection connection;
  private final UUID tenant;
  private final Instant instant;
  private final HybridSearch usual = HybridSearch.byDefault(Effort.USUAL);
  private final HybridSearch exact = HybridSearch.byDefault(Effort.EXACT);

  /**
   * @param connection of a role that row-level security binds, used by nothing else meanwhile
   */
  ScaleSearch(Connection connection, UUID tenant, Instant instant) throws SQLException {
    this.connection = connection;
    this.tenant = tenant;
    this.instant = instant;
    connection.setAutoCommit(false);
  }

  /** Milliseconds of the statement, the second time each question is asked. */
  Quantiles times(List<ScaleCorpus.Question> questions) throws SQLException {
    for (var question : questions) {
      found(usual, question, K);
    }
    var millis = new ArrayList<Double>();
    for (var question : questions) {
      long start = System.nanoTime();
      found(usual, question, K);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return Quantiles.of(millis);
  }

  /** The same with the embedding of the question's text, which is what a server does in between. */
  Quantiles timesWithEmbedding(List<ScaleCorpus.Question> questions, BgeEmbeddingModel embeddings)
      throws SQLException {
    var millis = new ArrayList<Double>();
    for (var question : questions) {
      long start = System.nanoTime();
      embeddings.embedQuery(question.text());
      found(usual, question, K);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return Quantiles.of(millis);
  }

  /**
   * Recall at 10 against exact search over all passages in force.
   *
   * @param vector of the ranking by meaning
   * @param words of the ranking by words
   * @param fused of the search's own
   */
  record Recall(double vector, double words, double fused) {}

  Recall recall(List<ScaleCorpus.Question> questions, Progress progress) throws SQLException {
    double[] sums = new double[3];
    for (var question : questions) {
      var wanted = found(exact, question, ALL);
      var found = found(usual, question, ALL);
      sums[0] += share(best(wanted, Hit::vectorScore), best(found, Hit::vectorScore));
      sums[1] += share(best(wanted, Hit::textScore), best(found, Hit::textScore));
      sums[2] += share(best(wanted, Hit::score), best(found, Hit::score));
      progress.step();
    }
    int n = questions.size();
    return new Recall(sums[0] / n, sums[1] / n, sums[2] / n);
  }

  private static List<Place> best(List<Hit> hits, ToDoubleFunction<Hit> score) {
    return hits.stream()
        .sorted(Comparator.comparingDouble(score).reversed())
        .limit(K)
        .map(hit -> new Place(hit.document(), hit.chunk()))
        .toList();
  }

  private static double share(List<Place> wanted, List<Place> found) {
    return (double) wanted.stream().filter(found::contains).count() / wanted.size();
  }

  private record Place(String document, int chunk) {}

  private List<Hit> found(HybridSearch search, ScaleCorpus.Question question, int k)
      throws SQLException {
    try (var confine = connection.prepareStatement("select set_config('candor.tenant', ?, true)")) {
      confine.setString(1, tenant.toString());
      confine.execute();
    }
    var hits = search.run(connection, question.text(), question.vector(), k, instant);
    connection.rollback();
    return hits;
  }
}
