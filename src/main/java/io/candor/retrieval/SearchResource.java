package io.candor.retrieval;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.candor.knowledge.AsOf;
import io.candor.knowledge.KnowledgeGate;
import io.candor.knowledge.KnowledgeView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;

/** Search over the documents in force, for people and programs that want passages, not answers. */
@Path("/api/v1/search")
@RunOnVirtualThread
public class SearchResource {
  private static final int LONGEST_QUERY = 8192;
  private static final int MOST_RESULTS = 100;
  private static final int USUAL_RESULTS = 10;

  private final KnowledgeGate gate;
  private final Retriever retriever;
  private final Spelling spelling;
  private final EvidenceSelector selector;
  private final Answerability answerability;

  SearchResource(
      KnowledgeGate gate,
      Retriever retriever,
      Spelling spelling,
      EvidenceSelector selector,
      Answerability answerability) {
    this.gate = gate;
    this.retriever = retriever;
    this.spelling = spelling;
    this.selector = selector;
    this.answerability = answerability;
  }

  /** The chunks that bear on a query, best first. */
  @POST
  public Found search(Search search) {
    if (search == null) {
      throw new BadRequestException("the body must be a JSON object with a query");
    }
    search.check();
    return gate.read(
        AsOf.instant(search.asOf()),
        AsOf.token(search.after()),
        view -> {
          var query = spelling.correct(search.query());
          var hits = retriever.search(query, search.results(), view, search.asked());
          return new Found(
              hits.stream().map(Result::of).toList(),
              search.wantsAnswerability() ? probability(query, hits) : null,
              Knowledge.of(view));
        });
  }

  private double probability(String query, List<Hit> hits) {
    return answerability.probability(query, hits, selector.select(query, hits));
  }

  /**
   * A request.
   *
   * @param asOf RFC 3339; now, if missing
   * @param after a knowledge token to wait for
   * @param filter which documents to search; all, if missing
   * @param answerability whether to tell how probable it is that the results hold the answer, which
   *     takes longer than the search
   */
  record Search(
      String query,
      Integer k,
      String asOf,
      String after,
      SearchFilter filter,
      Boolean answerability) {
    void check() {
      if (query == null || query.isBlank()) {
        throw new BadRequestException("query must not be blank");
      }
      if (query.length() > LONGEST_QUERY) {
        throw new BadRequestException(
            "query must have at most %d characters, not %d"
                .formatted(LONGEST_QUERY, query.length()));
      }
      asked().check();
      if (k != null && (k < 1 || k > MOST_RESULTS)) {
        throw new BadRequestException("k is 1 to %d, not %d".formatted(MOST_RESULTS, k));
      }
    }

    boolean wantsAnswerability() {
      return Boolean.TRUE.equals(answerability);
    }

    SearchFilter asked() {
      return filter == null ? SearchFilter.NONE : filter;
    }

    int results() {
      return k == null ? USUAL_RESULTS : k;
    }
  }

  /**
   * What was found.
   *
   * @param answerability how probable it is that the results hold the query's answer, 0 to 1; only
   *     where it was asked for
   */
  record Found(
      List<Result> results,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double answerability,
      Knowledge knowledge) {}

  record Result(
      String document,
      int version,
      int chunk,
      String title,
      String heading,
      String text,
      double score,
      Scores scores) {
    static Result of(Hit hit) {
      return new Result(
          hit.document(),
          hit.version(),
          hit.chunk(),
          hit.title(),
          hit.heading(),
          hit.text(),
          hit.score(),
          new Scores(hit.vectorScore(), hit.textScore()));
    }
  }

  record Scores(double vector, double text) {}

  record Knowledge(Instant asOf, String token, long lagMs) {
    static Knowledge of(KnowledgeView view) {
      return new Knowledge(view.asOf(), view.token().toString(), view.lagMs());
    }
  }
}
