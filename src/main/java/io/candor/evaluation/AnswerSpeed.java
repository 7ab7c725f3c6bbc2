package io.candor.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How long a customer waits, one question after another, with nothing else running. */
public final class AnswerSpeed {
  private static final int WARM_UP_ANSWERS = 8;
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

  /**
   * Asks over the stream, and searches. Every question comes once, because a server may remember
   * what it computed for one: a third of them warms the server up, a third is asked, a third
   * searched for.
   */
  public static Result measure(ServerUnderTest server, List<String> questions, PrintStream out) {
    var warmUp = third(questions, 0);
    warmUp.forEach(question -> search(server, question));
    warmUp.stream().limit(WARM_UP_ANSWERS).forEach(question -> new Reply().to(question, server));
    var search = third(questions, 1).stream().map(question -> search(server, question)).toList();
    var asked = third(questions, 2);
    var progress = new Progress(out, "questions", asked.size());
    var replies = new ArrayList<Reply>();
    for (var question : asked) {
      replies.add(new Reply().to(question, server));
      progress.step();
    }
    var sentences = replies.stream().map(r -> r.firstSentence).filter(ms -> !ms.isNaN()).toList();
    return new Result(
        Quantiles.of(sentences),
        Quantiles.of(replies.stream().map(r -> r.retrieval).filter(ms -> !ms.isNaN()).toList()),
        Quantiles.of(search),
        replies.size() - sentences.size());
  }

  /** Every third question: neighbours are alike, so each third is a sample of all. */
  private static List<String> third(List<String> questions, int from) {
    return IntStream.range(0, questions.size())
        .filter(i -> i % 3 == from)
        .mapToObj(questions::get)
        .toList();
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

    Reply to(String question, ServerUnderTest server) {
      server.stream("/api/v1/chat", Map.of("message", question), this::line);
      return this;
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
