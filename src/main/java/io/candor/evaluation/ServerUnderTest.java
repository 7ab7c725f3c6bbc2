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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A running server as a customer's program sees it; suites and benchmarks ask through it alone. */
public final class ServerUnderTest implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final URI base;
  private final String key;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The server at that address, asked with that API key. */
  public ServerUnderTest(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  /** Sends JSON and returns the response's; an IllegalStateException where it is not a success. */
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

  /** How long after asking the first server-sent event came that this accepts, in milliseconds. */
  double millisToEvent(String path, Map<String, ?> body, Predicate<String> event) {
    var request =
        request(path)
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(write(body)))
            .build();
    var start = System.nanoTime();
    try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
      // the stream is read to its end, so that the next question finds the model idle
      var at = new long[1];
      lines.forEach(
          line -> {
            if (at[0] == 0 && event.test(line)) {
              at[0] = System.nanoTime();
            }
          });
      return at[0] == 0 ? Double.NaN : (at[0] - start) / 1e6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode exchange(String method, String path, Map<String, ?> body) {
    var content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(write(body));
    try {
      HttpResponse<String> response =
          http.send(request(path).method(method, content).build(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "%s %s: %d %s".formatted(method, path, response.statusCode(), response.body()));
      }
      return JSON.readTree(response.body());
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
