package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A running server as a customer's program sees it; suites and benchmarks ask through it alone. */
public final class ServerUnderTest implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The server understood and said no. */
  static final class Refused extends IllegalStateException {
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private final URI base;
  private final String key;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The server at that address, asked with that API key. */
  public ServerUnderTest(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  /** Whether it says that it is ready; false where nothing answers. */
  public boolean isReady() {
    try {
      return send(request("/q/health/ready").GET().build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** How many requests its local model runs and has waiting. */
  int engineRequests() {
    for (var check : exchange("GET", "/q/health/ready", null).path("checks")) {
      var data = check.path("data");
      if (data.has("running")) {
        return data.path("running").asInt() + data.path("waiting").asInt();
      }
    }
    throw new IllegalStateException("the server has no local model");
  }

  /** The answer to a question in a conversation of its own, as the chat API gives it. */
  public JsonNode ask(String question) {
    return post("/api/v1/chat", Map.of("message", question));
  }

  /** Sends JSON and returns the response's. */
  JsonNode post(String path, Map<String, ?> body) {
    return exchange("POST", path, body);
  }

  /** Stores a document. */
  JsonNode put(String document, Map<String, ?> body) {
    return exchange("PUT", documentPath(document), body);
  }

  /** Ends a document's validity. */
  JsonNode delete(String document, String validUntil) {
    var until = URLEncoder.encode(validUntil, StandardCharsets.UTF_8);
    return exchange("DELETE", documentPath(document) + "?valid_until=" + until, null);
  }

  /** Sends JSON and hands on each line of the server-sent events that come back, to their end. */
  void stream(String path, Map<String, ?> body, Consumer<String> lines) {
    var request =
        request(path)
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(write(body)))
            .build();
    try (Stream<String> response = send(request, BodyHandlers.ofLines()).body()) {
      response.forEach(lines);
    }
  }

  private JsonNode exchange(String method, String path, Map<String, ?> body) {
    var content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(write(body));
    var response = send(request(path).method(method, content).build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new Refused(
          response.statusCode(),
          "%s %s: %d %.300s".formatted(method, path, response.statusCode(), response.body()));
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private static String documentPath(String document) {
    return "/api/v1/documents/"
        + URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String write(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
