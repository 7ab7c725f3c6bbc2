package io.candor.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Searches, and looks at whether the answerability that comes with the results tells questions in
 * scope from others. What a question expects: {@code group}, the folder of the documents that
 * answer it; none where it is out of scope.
 */
record AbstainingSuite(SuiteDefinition definition, Dataset data) implements DataSuite {
  private static final String IN_SCOPE = "in_scope";

  /** How much the confidence is worth, in any suite that has one. */
  static final List<Figure> CONFIDENCE =
      List.of(
          new Figure("aurc", false, results -> Selective.of(results).areaUnderRiskCoverage()),
          new Figure(
              "calibration error",
              false,
              results -> Selective.of(results).expectedCalibrationError()));

  static final List<Figure> FIGURES =
      Stream.concat(
              Stream.of(
                  new Figure("out-of-scope recall", true, results -> recall(results, 0.95)),
                  new Figure("out-of-scope recall at .97", true, results -> recall(results, 0.97)),
                  new Figure("out-of-scope recall at .90", true, results -> recall(results, 0.90)),
                  Figure.mean("in-scope accuracy")),
              CONFIDENCE.stream())
          .toList();

  @Override
  public Result ask(Question question, Tenants tenants) {
    var server = tenants.named(Loading.tenant(definition.name(), question.tenant()));
    var start = System.nanoTime();
    var found =
        server.post(
            "/api/v1/search",
            Map.of("query", question.text(), "k", definition.results(), "answerability", true));
    var millis = (System.nanoTime() - start) / 1e6;
    if (!found.path("answerability").isNumber()) {
      throw new IllegalStateException(
          "the server's search tells no answerability, which %s measures"
              .formatted(definition.name()));
    }
    double answerability = found.path("answerability").asDouble();
    var group = question.expect().path("group").asText();
    var hits = found.path("results").valueStream().toList();
    var best = hits.isEmpty() ? "" : group(hits.getFirst().path("document").asText());
    var right = !group.isEmpty() && group.equals(best);
    var draft =
        new ResultDraft(question)
            .took("search", millis)
            .score("confidence", answerability)
            .score("correct", right)
            .score(IN_SCOPE, !group.isEmpty());
    if (!group.isEmpty()) {
      draft.score("in-scope accuracy", right);
    }
    var expected = group.isEmpty() ? "nothing: out of scope" : group;
    return draft.done(
        expected,
        "%s at %.2f".formatted(best, answerability),
        RetrievalSuite.passages(hits, Set.of()),
        right || group.isEmpty() ? "" : "finds " + best);
  }

  private static String group(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('/')));
  }

  private static double recall(List<Scores> results, double acceptance) {
    return Selective.outOfScopeRecall(confidences(results, 1), confidences(results, 0), acceptance);
  }

  private static double[] confidences(List<Scores> results, double inScope) {
    return results.stream()
        .filter(result -> result.get(IN_SCOPE) == inScope)
        .mapToDouble(result -> result.get("confidence"))
        .toArray();
  }
}
