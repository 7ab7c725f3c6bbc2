package io.candor;

import io.candor.security.Administration;
import io.candor.security.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** A tenant of its own for a test of the running server, and a client with its key. */
public record TestTenant(String name, String key) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** A new tenant; its name begins as given. */
  public static TestTenant create(String prefix) {
    var name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    try (var owner = ownerConnection()) {
      Administration.createTenant(owner, name);
      var key = Administration.createKey(owner, name, EnumSet.allOf(Scope.class));
      return new TestTenant(name, key);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection of the role that owns the tables. */
  public static Connection ownerConnection() throws SQLException {
    return DriverManager.getConnection(
        setting("quarkus.datasource.jdbc.url"),
        setting("quarkus.flyway.username"),
        setting("quarkus.flyway.password"));
  }

  /** Stores a Markdown policy, in force from the beginning of 2020. */
  public void put(String document, String title, String text) {
    var body =
        """
        {"title": "%s", "kind": "policy", "format": "markdown", "text": "%s",
         "valid_from": "2020-01-01T00:00:00Z"}
        """
            .formatted(title, text.replace("\"", "\\\"").replace("\n", "\\n"));
    var response = send("PUT", "/api/v1/documents/" + encode(document), body);
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException("PUT " + document + ": " + response.body());
    }
  }

  /** Sends JSON with the tenant's key. */
  public HttpResponse<String> send(String method, String path, String body) {
    return exchange(request(path).method(method, BodyPublishers.ofString(body)).build());
  }

  /** Gets with the tenant's key. */
  public HttpResponse<String> get(String path) {
    return exchange(request(path).GET().build());
  }

  /** The lines of the stream of server-sent events that this request opens. */
  public Stream<String> stream(String path, String body) {
    var request =
        request(path)
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofLines()).body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A path segment in which a document's key may stand. */
  public static String encode(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Where the server under test listens. */
  public static URI server() {
    return URI.create("http://localhost:" + setting("quarkus.http.test-port"));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server().resolve(path))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private static HttpResponse<String> exchange(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }
}
