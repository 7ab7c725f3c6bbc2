package io.candor.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server with OpenAI's embeddings API, on a port of its own, for whatever makes the vectors. */
public final class EmbeddingEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Function<String, float[]> model;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile JsonNode lastRequest;
  private volatile String authorization;

  public EmbeddingEndpoint(Function<String, float[]> model) {
    this.model = model;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/embeddings", this::answer);
    server.start();
  }

  /** A model of hashed words: passages are near that share words, and it costs nothing. */
  public static float[] hashedWords(String text) {
    var vector = new float[64];
    vector[0] = 0.01f;
    for (var word : text.toLowerCase(java.util.Locale.ROOT).split("\\W+")) {
      vector[1 + Math.floorMod(word.hashCode() * 31, 63)] += 1;
    }
    return vector;
  }

  public String url() {
    return "http://localhost:%d/v1".formatted(server.getAddress().getPort());
  }

  /** Answers that many requests with an error before it answers again. */
  void fail(int times) {
    failures.set(times);
  }

  JsonNode lastRequest() {
    return lastRequest;
  }

  String authorization() {
    return authorization;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      authorization = exchange.getRequestHeaders().getFirst("Authorization");
      lastRequest = JSON.readTree(exchange.getRequestBody());
      boolean failing = failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
      var body = JSON.writeValueAsBytes(failing ? error() : vectors(lastRequest));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(failing ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static JsonNode error() {
    var answer = JSON.createObjectNode();
    answer.putObject("error").put("message", "the model is loading");
    return answer;
  }

  private JsonNode vectors(JsonNode request) {
    var answer = JSON.createObjectNode().put("object", "list");
    answer.set("model", request.get("model"));
    var data = answer.putArray("data");
    var input = request.get("input");
    for (int i = 0; i < input.size(); i++) {
      var item = data.addObject().put("object", "embedding").put("index", i);
      var numbers = item.putArray("embedding");
      for (float x : model.apply(input.get(i).asText())) {
        numbers.add(x);
      }
    }
    answer.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
