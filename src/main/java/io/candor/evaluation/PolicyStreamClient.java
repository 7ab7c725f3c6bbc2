package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The three calls of the public API that {@link PolicyStreamSuite} makes. */
final class PolicyStreamClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int NOT_FOUND = 404;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String apiKey;

  record Result(String document, String text) {}

  PolicyStreamClient(URI base, String apiKey) {
    this.base = base;
    this.apiKey = apiKey;
  }

  /** The token of the write. */
  String publish(String key, String title, String text, Instant validFrom)
      throws IOException, InterruptedException {
    var document =
        JSON.createObjectNode()
            .put("title", title)
            .put("kind", "policy")
            .put("format", key.endsWith(".html") ? "html" : "markdown")
            .put("text", text)
            .put("valid_from", validFrom.toString());
    return token(checked(send("PUT", document(key), document)));
  }

  /** The token of the write; null where there is no such document. */
  String retire(String key, Instant validUntil) throws IOException, InterruptedException {
    var response = send("DELETE", document(key) + "?valid_until=" + validUntil, null);
    return response.statusCode() == NOT_FOUND ? null : token(checked(response));
  }

  /** Asked as of an instant, or of now for null; after a token, if there is one. */
  List<Result> search(String query, int k, Instant asOf, String after)
      throws IOException, InterruptedException {
    var search = JSON.createObjectNode().put("query", query).put("k", k);
    if (asOf != null) {
      search.put("as_of", asOf.toString());
    }
    if (after != null) {
      search.put("after", after);
    }
    var results = new ArrayList<Result>();
    for (var result : checked(send("POST", "/api/v1/search", search)).get("results")) {
      results.add(new Result(result.get("document").asText(), result.get("text").asText()));
    }
    return results;
  }

  private static String document(String key) {
    var encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    return "/api/v1/documents/" + encoded;
  }

  private static String token(JsonNode written) {
    return written.path("knowledge").path("token").asText(null);
  }

  private HttpResponse<String> send(String method, String path, JsonNode body)
      throws IOException, InterruptedException {
    var content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .method(method, content)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode checked(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s answered %d: %.300s"
              .formatted(response.uri().getPath(), response.statusCode(), response.body()));
    }
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
