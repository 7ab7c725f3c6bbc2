package io.candor.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a customer waits, one question after another, with nothing else running. */
public final class AnswerSpeed {
  private static final int WARM_UP = 8;

  private AnswerSpeed() {}

  /** First verified sentence as the client sees it; retrieval as the server tells it. */
  public record Result(Quantiles firstSentence, Quantiles search, int unanswered) {}

  /** Asks every question over the stream, and searches for it. */
  public static Result measure(ServerUnderTest server, List<String> questions) {
    questions.stream().limit(WARM_UP).forEach(question -> ask(server, question));
    var firstSentence = new ArrayList<Double>();
    var search = new ArrayList<Double>();
    for (var question : questions) {
      search.add(search(server, question));
      firstSentence.add(ask(server, question));
    }
    var answered = firstSentence.stream().filter(millis -> !millis.isNaN()).toList();
    return new Result(
        Quantiles.of(answered), Quantiles.of(search), firstSentence.size() - answered.size());
  }

  private static double ask(ServerUnderTest server, String question) {
    return server.millisToEvent(
        "/api/v1/chat", Map.of("message", question), line -> line.equals("event:sentence") || line.equals("event: sentence"));
  }

  private static double search(ServerUnderTest server, String question) {
    var start = System.nanoTime();
    server.post("/api/v1/search", Map.of("query", question, "k", 10));
    return (System.nanoTime() - start) / 1e6;
  }
}
