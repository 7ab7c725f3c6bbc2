package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A client of the HTTP API, as far as the commands need it. */
final class CandorClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String LIST = "/api/v1/documents?limit=200&cursor=";

  /** The server understood and says no. */
  static final class Refusal extends RuntimeException {
    Refusal(String message) {
      super(message);
    }
  }

  private final ClientSettings settings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  CandorClient(ClientSettings settings) {
    ClientSettings.require(settings.url(), "CANDOR_URL");
    ClientSettings.require(settings.key(), "CANDOR_API_KEY");
    this.settings = settings;
  }

  /** The content hashes of the documents in force, by key. */
  Map<String, String> contentHashes() throws IOException, InterruptedException {
    Map<String, String> hashes = new HashMap<>();
    String cursor = "";
    do {
      JsonNode page = get(LIST + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
      for (JsonNode document : page.path("documents")) {
        hashes.put(document.path("document").asText(), document.path("content_hash").asText());
      }
      cursor = page.path("cursor").asText("");
    } while (!cursor.isEmpty());
    return hashes;
  }

  /** Stores a document; what is said of duplicates is store, report or skip. */
  JsonNode put(String key, ObjectNode document, String duplicates)
      throws IOException, InterruptedException {
    return send("PUT", path(key) + "?duplicates=" + duplicates, document);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return body(exchange(request(path).GET().build()));
  }

  /** What is not JSON as a whole. */
  String text(String path) throws IOException, InterruptedException {
    return accepted(exchange(request(path).GET().build()));
  }

  /** Sends JSON, or nothing if there is none. */
  JsonNode send(String method, String path, JsonNode json)
      throws IOException, InterruptedException {
    var content = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json.toString());
    return body(exchange(json(path).method(method, content).build()));
  }

  /** Sends a file's content. */
  JsonNode upload(String path, Path file) throws IOException, InterruptedException {
    var request =
        request(path)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofFile(file))
            .build();
    return body(exchange(request));
  }

  void health() throws IOException, InterruptedException {
    get("/q/health/ready");
  }

  /** Returns when the event with that token is in force. */
  void await(String token, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    HttpRequest request = request("/api/v1/knowledge?after=" + token).GET().build();
    while (true) {
      HttpResponse<String> response = exchange(request);
      if (response.statusCode() != 409) {
        body(response);
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new CommandFailure(
            "Event %s is not in force after %d s: see the server's log, and the topic %s.dead."
                .formatted(token, limit.toSeconds(), PolicyTopic.NAME));
      }
    }
  }

  /** Asks and hands on each server-sent event with its data, in order. */
  void ask(ObjectNode question, BiConsumer<String, JsonNode> events)
      throws IOException, InterruptedException {
    HttpRequest request =
        json("/api/v1/chat")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(question.toString()))
            .build();
    HttpResponse<Stream<String>> response = send(request, BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() != 200) {
        throw refusal(response.statusCode(), String.join("", lines.toList()));
      }
      EventStream stream = new EventStream(events);
      lines.forEach(stream::line);
    }
  }

  private static String path(String key) {
    return "/api/v1/documents/" + encoded(key);
  }

  /** As a part of a path. */
  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(settings.url() + path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + settings.key());
  }

  private HttpResponse<String> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return http.send(request, handler);
    } catch (java.net.ConnectException e) {
      throw new CommandFailure(
          "No server answers at %s: start ./candor demo, or set CANDOR_URL."
              .formatted(settings.url()),
          e);
    }
  }

  private static JsonNode body(HttpResponse<String> response) throws IOException {
    return DocumentFile.JSON.readTree(accepted(response));
  }

  private static String accepted(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw refusal(response.statusCode(), response.body());
    }
    return response.body();
  }

  /** The problem document's own words. */
  private static Refusal refusal(int status, String body) {
    String reason;
    try {
      JsonNode problem = DocumentFile.JSON.readTree(body);
      reason = problem.path("detail").asText(problem.path("title").asText());
    } catch (IOException e) {
      reason = body.lines().findFirst().orElse("");
    }
    return new Refusal("The server refused (%d): %s".formatted(status, reason));
  }

  @Override
  public void close() {
    http.close();
  }
}
