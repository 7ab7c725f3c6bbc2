package io.candor.evaluation;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.candor.serving.EngineStatistics;
import io.candor.serving.Generation;
import io.candor.serving.LlamaChatModel;
import io.candor.serving.LlamaSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many requests on one engine, of which most are given up at some time: none may leave anything
 * behind, and what the others get must be what they get alone.
 */
public final class EngineChurn {
  private static final int AT_ONCE = 12;
  private static final int SHORTEST = 4;
  private static final int LONGEST = 20;
  private static final int TENANTS = 5;
  private static final int LATEST_MILLIS = 400;

  /** The longest that a sequence may still be held after the last request is over. */
  private static final Duration GIVEN_BACK = Duration.ofSeconds(1);

  /** Enough that every sequence was used and every kernel and buffer needed. */
  private static final double WARM_UP = .25;

  private final LlamaChatModel model;
  private final List<ChatRequest> kinds;
  private final List<String> alone;
  private final Random random;
  private final Progress progress;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger different = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  private EngineChurn(
      LlamaChatModel model,
      List<ChatRequest> kinds,
      List<String> alone,
      Random random,
      Progress progress) {
    this.model = model;
    this.kinds = kinds;
    this.alone = alone;
    this.random = random;
    this.progress = progress;
  }

  /**
   * @param finished requests that nobody gave up
   * @param different those of them that got something else than alone
   * @param failed requests that met an error
   * @param atStart the process's own memory with the model loaded, in bytes
   * @param warm the same after a quarter of the requests
   * @param atEnd the same after all
   * @param engine what the engine says of itself when all is over
   */
  public record Result(
      int finished,
      int different,
      int failed,
      long atStart,
      long warm,
      long atEnd,
      EngineStatistics engine) {
    /** Memory at the end to memory after the warm-up. */
    public double growth() {
      return (double) atEnd / warm;
    }

    /** Sequences and places in the queue that were not given back. */
    public int held() {
      return engine.running() + engine.waiting();
    }
  }

  /** What becomes of a request. */
  private enum Fate {
    FINISHED,
    CANCELLED_AT_ONCE,
    CANCELLED_SOMETIME,
    HUNG_UP
  }

  /** Runs each kind of request alone, and then so many at random. */
  public static Result measure(LlamaSettings settings, int requests, long seed, PrintStream out)
      throws IOException, InterruptedException {
    var kinds = kinds();
    List<String> alone;
    try (var model = new LlamaChatModel(settings.alone())) {
      alone = kinds.stream().map(kind -> model.chat(kind).aiMessage().text()).toList();
    }
    try (var model = new LlamaChatModel(settings)) {
      var progress = new Progress(out, "requests", requests);
      return new EngineChurn(model, kinds, alone, new Random(seed), progress).run(requests);
    }
  }

  /** Questions with their facts, half of them sampled, each with a seed and a length of its own. */
  private static List<ChatRequest> kinds() throws IOException {
    var prompts = EngineSpeed.evidenceBound();
    return IntStream.range(0, prompts.size())
        .mapToObj(i ->
            ChatRequest.builder()
                .messages(prompts.get(i))
                .parameters(
                    OpenAiChatRequestParameters.builder()
                        .temperature(i % 2 == 0 ? 0 : .8)
                        .seed(i)
                        .user("tenant " + i % TENANTS)
                        .maxOutputTokens(SHORTEST + 7 * i % (LONGEST - SHORTEST + 1))
                        .build())
                .build())
        .toList();
  }

  private Result run(int requests) throws IOException, InterruptedException {
    long atStart = memory();
    int first = (int) (WARM_UP * requests);
    churn(first);
    long warm = memory();
    churn(requests - first);
    return new Result(
        finished.get(), different.get(), failed.get(), atStart, warm, memory(), settled());
  }

  /** A request is told its end just before its sequence is given back. */
  private EngineStatistics settled() {
    long latest = System.nanoTime() + GIVEN_BACK.toNanos();
    var statistics = model.statistics();
    while (statistics.running() + statistics.waiting() > 0 && System.nanoTime() < latest) {
      sleep(1);
      statistics = model.statistics();
    }
    return statistics;
  }

  /** Returns when all are over. */
  private void churn(int requests) throws InterruptedException {
    var giveUps = new ArrayList<Thread>();
    for (int i = 0; i < requests; i++) {
      places.acquire();
      giveUps.add(start());
    }
    places.acquire(AT_ONCE);
    places.release(AT_ONCE);
    for (var thread : giveUps) {
      thread.join();
    }
    model.warm(kinds.getFirst().messages()).join(); // by then, those given up have left
  }

  /** Returns a thread that may give the request up. */
  private Thread start() {
    int kind = random.nextInt(kinds.size());
    var fate = Fate.values()[random.nextInt(Fate.values().length)];
    int patience = random.nextInt(LATEST_MILLIS);
    int parts = fate == Fate.HUNG_UP ? random.nextInt(SHORTEST) : Integer.MAX_VALUE;
    var generation = Generation.start(model, kinds.get(kind), new Listener(parts));
    generation
        .response()
        .whenComplete((response, error) -> {
          count(kind, response, error);
          progress.step();
          places.release();
        });
    if (fate == Fate.CANCELLED_AT_ONCE) {
      generation.cancel();
    }
    return Thread.startVirtualThread(() -> {
      if (fate == Fate.CANCELLED_SOMETIME) {
        sleep(patience);
        generation.cancel();
      }
    });
  }

  private void count(int kind, ChatResponse response, Throwable error) {
    if (error == null) {
      finished.incrementAndGet();
      if (!response.aiMessage().text().equals(alone.get(kind))) {
        different.incrementAndGet();
      }
    } else if (!(error instanceof CancellationException)) {
      failed.incrementAndGet();
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the process holds for itself; the model file's pages, which are mapped, are not. */
  private static long memory() throws IOException {
    System.gc();
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .sum();
    }
  }

  /** A client who hangs up after so many parts of the answer. */
  private static final class Listener implements StreamingChatResponseHandler {
    private int parts;

    Listener(int parts) {
      this.parts = parts;
    }

    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
      if (parts-- <= 0) {
        context.streamingHandle().cancel();
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {}

    @Override
    public void onError(Throwable error) {}
  }
}
