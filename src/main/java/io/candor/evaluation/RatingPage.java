package io.candor.evaluation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;

/**
 * Serves the page on which a person rates a {@link SideBySide}, to this machine alone. It answers
 * no other host's name, and takes ratings as JSON only, which another site's page cannot send.
 */
public final class RatingPage implements AutoCloseable {
  private static final int LONGEST_RATING = 10_000;

  private final SideBySide ratings;
  private final HttpServer server;

  /**
   * @param port 0 for a free one
   */
  public RatingPage(SideBySide ratings, int port) throws IOException {
    this.ratings = ratings;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** What to open in a browser. */
  public String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      if (!isLocal(exchange)) {
        send(exchange, 403, "text/plain", "this page is for this machine");
        return;
      }
      switch (request) {
        case "GET /" -> send(exchange, 200, "text/html; charset=utf-8", page());
        case "GET /pairs" -> send(exchange, 200, "application/json", pairs());
        case "POST /ratings" -> rate(exchange);
        default -> send(exchange, 404, "text/plain", "there is nothing at " + request);
      }
    }
  }

  private boolean isLocal(HttpExchange exchange) {
    var host = exchange.getRequestHeaders().getFirst("Host");
    int port = server.getAddress().getPort();
    return ("localhost:" + port).equals(host) || ("127.0.0.1:" + port).equals(host);
  }

  private void rate(HttpExchange exchange) throws IOException {
    if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      send(exchange, 415, "text/plain", "a rating is JSON");
      return;
    }
    try {
      var body = exchange.getRequestBody().readNBytes(LONGEST_RATING);
      var rating = ServerUnderTest.JSON.readTree(body);
      var choice = rating.path("choice").asText().toUpperCase(Locale.ROOT);
      ratings.rate(rating.path("id").asText(), SideBySide.Choice.valueOf(choice));
      send(exchange, 200, "application/json", "{}");
    } catch (IllegalArgumentException | com.fasterxml.jackson.core.JsonProcessingException e) {
      send(exchange, 400, "text/plain", "no rating: " + e.getMessage());
    }
  }

  /** Without telling which run is on which side. */
  private String pairs() {
    var list = ServerUnderTest.JSON.createArrayNode();
    for (var pair : ratings.pairs()) {
      var shown = list.addObject().put("id", pair.id()).put("question", pair.question());
      shown.put("left", pair.left()).put("right", pair.right());
      shown.put("rated", pair.rated() == null ? "" : pair.rated().name().toLowerCase(Locale.ROOT));
    }
    return list.toString();
  }

  private static String page() throws IOException {
    try (var page = RatingPage.class.getResourceAsStream("/suites/side-by-side.html")) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
