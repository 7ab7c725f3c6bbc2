package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Searches, and looks for the relevant documents among the results. What a question expects: {@code
 * documents}, the keys of all that are relevant.
 */
record RetrievalSuite(SuiteDefinition definition, Dataset data) implements DataSuite {
  private static final List<Integer> DEPTHS = List.of(1, 3, 5, 10, 20, 50, 100);

  /** The hits that an answer is made of: whether they hold the answer is what confidence tells. */
  static final int ANSWERED_FROM = 10;

  private static final int SHOWN = 5;

  @Override
  public Result ask(Question question, Tenants tenants) {
    var server = tenants.named(Loading.tenant(definition.name(), question.tenant()));
    var start = System.nanoTime();
    var found =
        server.post(
            "/api/v1/search",
            Map.of("query", question.text(), "k", definition.results(), "answerability", true));
    var millis = (System.nanoTime() - start) / 1e6;
    var relevant = Set.copyOf(question.expected("documents"));
    var hits = found.path("results").valueStream().toList();
    var keys = hits.stream().map(hit -> hit.path("document").asText()).toList();
    var ranking = Ranking.of(keys, relevant);
    var draft = new ResultDraft(question).took("search", millis);
    score(draft, ranking, definition);
    if (!question.tenant().isEmpty()) {
      draft.score("foreign results", foreign(keys, question.tenant()));
    }
    draft.score("confidence", found.path("answerability").asDouble());
    draft.score("correct", ranking.hit(ANSWERED_FROM));
    var fault = ranking.hit(ANSWERED_FROM) > 0 ? "" : "nothing relevant in the first 10";
    return draft.done(
        String.join(", ", relevant.stream().sorted().toList()),
        "",
        passages(hits, relevant),
        fault);
  }

  static void score(ResultDraft draft, Ranking ranking, SuiteDefinition definition) {
    for (int k : depths(definition)) {
      draft.score("hit@" + k, ranking.hit(k));
      draft.score("recall@" + k, ranking.recall(k));
      draft.score("precision@" + k, ranking.precision(k));
      draft.score("ndcg@" + k, ranking.ndcg(k));
    }
    draft.score("mrr", ranking.reciprocalRank());
    draft.score("map", ranking.averagePrecision());
  }

  private static List<Integer> depths(SuiteDefinition definition) {
    return DEPTHS.stream().filter(k -> k <= definition.results()).toList();
  }

  /** How many results belong to another tenant; a tenant's keys start with its name. */
  private static long foreign(List<String> keys, String tenant) {
    return keys.stream().filter(key -> !key.startsWith(tenant + "/")).count();
  }

  static List<Result.Passage> passages(List<JsonNode> hits, Set<String> relevant) {
    var passages = new ArrayList<Result.Passage>();
    var seen = new HashSet<String>();
    for (var hit : hits) {
      var key = hit.path("document").asText();
      if (passages.size() < SHOWN && seen.add(key)) {
        passages.add(
            Result.passage(
                key,
                hit.path("title").asText(),
                hit.path("text").asText(),
                relevant.contains(key)));
      }
    }
    return passages;
  }

  static List<Figure> figures(SuiteDefinition definition) {
    var figures = new ArrayList<Figure>();
    for (var measure : List.of("hit", "recall", "precision", "ndcg")) {
      depths(definition).forEach(k -> figures.add(Figure.mean(measure + "@" + k)));
    }
    figures.addAll(Figure.means("mrr", "map"));
    figures.add(Figure.sumToLower("foreign results"));
    figures.addAll(AbstainingSuite.CONFIDENCE);
    return figures;
  }
}
