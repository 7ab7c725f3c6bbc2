package io.candor.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Clients of {@code /v1/chat/completions} on a running server, of whom half hang up at some time.
 */
public final class ClientChurn {
  private static final String PATH = "/v1/chat/completions";
  private static final String DATA = "data:";
  private static final int AT_ONCE = 6;
  private static final int QUESTIONS = 10;
  private static final int LATEST_MILLIS = 1500;
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private final ServerUnderTest server;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger different = new AtomicInteger();

  private ClientChurn(ServerUnderTest server) {
    this.server = server;
  }

  /**
   * @param finished answers that were read to their end
   * @param different those of them that said something else than when asked alone
   * @param held sequences and places in the queue that were not given back
   */
  public record Result(int finished, int different, int held) {}

  /** Thrown where a client goes away. */
  private static final class HungUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Asks each of some questions alone, and then so many at random. */
  public static Result measure(
      ServerUnderTest server, List<String> questions, int requests, long seed, PrintStream out)
      throws InterruptedException {
    var churn = new ClientChurn(server);
    var asked = spread(questions);
    var alone = asked.stream().map(question -> churn.answer(question, Long.MAX_VALUE)).toList();
    var random = new Random(seed);
    var progress = new Progress(out, "clients", requests);
    for (int i = 0; i < requests; i++) {
      int kind = random.nextInt(asked.size());
      long patience = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(LATEST_MILLIS);
      churn.places.acquire();
      Thread.startVirtualThread(() -> {
        try {
          churn.ask(asked.get(kind), patience, alone.get(kind));
        } finally {
          progress.step();
          churn.places.release();
        }
      });
    }
    churn.places.acquire(AT_ONCE);
    return new Result(churn.finished.get(), churn.different.get(), churn.held());
  }

  private static List<String> spread(List<String> questions) {
    return IntStream.range(0, QUESTIONS)
        .mapToObj(i -> questions.get(i * questions.size() / QUESTIONS))
        .toList();
  }

  private void ask(String question, long patience, String alone) {
    try {
      if (!answer(question, patience).equals(alone)) {
        different.incrementAndGet();
      }
      finished.incrementAndGet();
    } catch (HungUp e) {
      // as it was to be
    }
  }

  /** The answer's text; a client whose patience ends hangs up at the next event. */
  private String answer(String question, long patienceMillis) {
    long began = System.nanoTime();
    var body =
        Map.of(
            "model",
            "candor",
            "stream",
            true,
            "messages",
            List.of(Map.of("role", "user", "content", question)));
    var text = new StringBuilder();
    server.stream(
        PATH,
        body,
        line -> {
          if ((System.nanoTime() - began) / 1_000_000 >= patienceMillis) {
            throw new HungUp();
          }
          text.append(words(line));
        });
    return text.toString();
  }

  private static String words(String line) {
    var data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
    if (!data.startsWith("{")) {
      return "";
    }
    try {
      var delta = ServerUnderTest.JSON.readTree(data).path("choices").path(0).path("delta");
      return delta.path("content").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the server's own health tells it, once nothing moves any more. */
  private int held() throws InterruptedException {
    long deadline = System.nanoTime() + SETTLED.toNanos();
    int held;
    do {
      Thread.sleep(200);
      held = server.engineRequests();
    } while (held > 0 && System.nanoTime() < deadline);
    return held;
  }
}
