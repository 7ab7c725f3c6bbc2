package io.candor.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a customer waits, one question after another, with nothing else running. */
public final class AnswerSpeed {
  private static final int WARM_UP = 8;
  private static final String EVENT = "event:";
  private static final String DATA = "data:";

  private AnswerSpeed() {}

  /**
   * @param firstSentence until the first verified sentence, as the client sees it
   * @param retrieval from the question's arrival until retrieval is done, as the server tells it
   * @param search a search over HTTP, as the client sees it
   * @param unanswered questions that got no verified sentence
   */
  public record Result(
      Quantiles firstSentence, Quantiles retrieval, Quantiles search, int unanswered) {}

  /** Asks every question over the stream, and searches for it. */
  public static Result measure(ServerUnderTest server, List<String> questions, PrintStream out) {
    questions.stream()
        .limit(WARM_UP)
        .forEach(question -> {
          search(server, question);
          new Reply().to(question, server);
        });
    var search = new ArrayList<Double>();
    var replies = new ArrayList<Reply>();
    var progress = new Progress(out, "questions", questions.size());
    for (var question : questions) {
      search.add(search(server, question));
      var reply = new Reply();
      reply.to(question, server);
      replies.add(reply);
      progress.step();
    }
    var sentences = replies.stream().map(r -> r.firstSentence).filter(ms -> !ms.isNaN()).toList();
    return new Result(
        Quantiles.of(sentences),
        Quantiles.of(replies.stream().map(r -> r.retrieval).filter(ms -> !ms.isNaN()).toList()),
        Quantiles.of(search),
        replies.size() - sentences.size());
  }

  private static double search(ServerUnderTest server, String question) {
    var start = System.nanoTime();
    server.post("/api/v1/search", Map.of("query", question, "k", 10));
    return (System.nanoTime() - start) / 1e6;
  }

  /** One streamed answer; read to its end, so that the next question finds the model idle. */
  private static final class Reply {
    private final long start = System.nanoTime();
    private String event = "";
    private Double firstSentence = Double.NaN;
    private Double retrieval = Double.NaN;

    void to(String question, ServerUnderTest server) {
      server.stream("/api/v1/chat", Map.of("message", question), this::line);
    }

    private void line(String line) {
      if (line.startsWith(EVENT)) {
        event = line.substring(EVENT.length()).strip();
        if (event.equals("sentence") && firstSentence.isNaN()) {
          firstSentence = (System.nanoTime() - start) / 1e6;
        }
      } else if (line.startsWith(DATA) && event.equals("final")) {
        retrieval = retrieval(line.substring(DATA.length()));
      }
    }

    private static double retrieval(String answer) {
      try {
        var timings = ServerUnderTest.JSON.readTree(answer).path("timings");
        return timings.path("retrieve_ms").asDouble(Double.NaN);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
