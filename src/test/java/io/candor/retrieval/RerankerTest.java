package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RerankerTest {
  private static final List<Hit> HITS = List.of(hit("a", 0.9), hit("b", 0.8), hit("c", 0.7));

  private final CompletableFuture<JsonNode> asked = new CompletableFuture<>();
  private HttpServer server;
  private String answer;
  private int status = 200;
  private long delay;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/rerank",
        exchange -> {
          asked.complete(new ObjectMapper().readTree(exchange.getRequestBody()));
          var bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          pause();
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private void pause() {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Reranker reranker(String api, int top) {
    var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/rerank";
    var settings = Map.of("url", url, "api", api, "top", "" + top, "timeout", "PT2S");
    return configured(settings).orElseThrow();
  }

  static Optional<Reranker> configured(Map<String, String> settings) {
    var builder = new SmallRyeConfigBuilder().withMapping(RetrievalConfig.class);
    settings.forEach(
        (key, value) -> builder.withDefaultValue("candor.retrieval.reranker." + key, value));
    var config = builder.build().getConfigMapping(RetrievalConfig.class);
    return Reranker.configured(config.reranker());
  }

  static Hit hit(String document, double score) {
    return new Hit(
        document,
        "Title",
        1,
        new UUID(0, 0),
        0,
        "",
        document,
        document,
        0,
        document.length(),
        "faq",
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        score,
        score,
        0,
        0);
  }

  private static List<String> documents(List<Hit> hits) {
    return hits.stream().map(Hit::document).toList();
  }

  @Test
  void theModelsOrderIsTakenAndTheScoresKeepTheirScale() {
    answer =
        """
        {"results": [{"index": 1, "relevance_score": 0.97}, {"index": 2, "relevance_score": 0.2},
                     {"index": 0, "relevance_score": -3}]}
        """;

    var hits = reranker("cohere", 20).rerank("which?", HITS);

    assertEquals(List.of("b", "c", "a"), documents(hits));
    assertEquals(List.of(0.9, 0.8, 0.7), hits.stream().map(Hit::score).toList());
    assertEquals("which?", asked.join().path("query").asText());
    assertEquals("Title\n\na", asked.join().path("documents").path(0).asText());
  }

  @Test
  void onlyTheFirstHitsAreRead() {
    answer = "[{\"index\": 1, \"score\": 2}, {\"index\": 0, \"score\": 1}]";

    assertEquals(List.of("b", "a", "c"), documents(reranker("tei", 2).rerank("which?", HITS)));
    assertEquals(2, asked.join().path("texts").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "no JSON",
        "",
        "{\"results\": [{\"index\": 0, \"relevance_score\": 1}]}",
        "{\"results\": [{\"index\": 3, \"relevance_score\": 1}]}",
        "{\"results\": [{\"index\": 0, \"relevance_score\": \"high\"}]}"
      })
  void anAnswerThatDoesNotScoreEachHitLeavesTheOrder(String broken) {
    answer = broken;
    assertEquals(HITS, reranker("cohere", 20).rerank("which?", HITS));
  }

  @Test
  void anErrorLeavesTheOrder() {
    status = 500;
    answer = "{\"error\": \"busy\"}";
    assertEquals(HITS, reranker("cohere", 20).rerank("which?", HITS));
  }

  @Test
  void afterTheTimeLimitTheOrderStands() {
    delay = 5000;
    answer = "{}";
    long start = System.nanoTime();
    assertEquals(HITS, reranker("cohere", 20).rerank("which?", HITS));
    assertEquals(2, (System.nanoTime() - start) / 1e9, 1.5);
  }
}
