package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Zendesk's ticketing API as far as replies need it, failing a share of its calls: too many
 * requests, an error before or after it did what was asked, or no answer in time.
 */
final class FailingDesk implements AutoCloseable {
  private static final int LATE_MS = 1_500;

  private final HttpServer server;
  private final double failing;
  private final Random random;
  private final Map<String, List<Comment>> tickets = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  private record Comment(boolean toCustomer, String text, String key) {}

  FailingDesk(double failing, long seed) throws IOException {
    this.failing = failing;
    this.random = new Random(seed);
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void open(String ticket) {
    tickets.putIfAbsent(ticket, new ArrayList<>());
  }

  /** What the customer was told, in order. */
  List<String> replies(String ticket) {
    var comments = tickets.get(ticket);
    synchronized (comments) {
      return comments.stream().filter(Comment::toCustomer).map(Comment::text).toList();
    }
  }

  int calls() {
    return calls.get();
  }

  int failures() {
    return failures.get();
  }

  private double roll() {
    synchronized (random) {
      return random.nextDouble();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.incrementAndGet();
      double dice = roll();
      boolean fails = dice < failing;
      int way = fails ? (int) (dice / failing * 4) : -1;
      var body = exchange.getRequestBody().readAllBytes();
      var done = way == 0 || way == 1 ? null : act(exchange, body);
      if (!fails) {
        answer(exchange, done == null ? 404 : 200, String.valueOf(done));
        return;
      }
      failures.incrementAndGet();
      switch (way) {
        case 0 -> answer(exchange, 429, "");
        case 1 -> answer(exchange, 500, "");
        case 2 -> answer(exchange, 502, "");
        default -> Thread.sleep(LATE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The ticket's audits, or its update; null for what there is not. */
  private JsonNode act(HttpExchange exchange, byte[] body) throws IOException {
    var parts = exchange.getRequestURI().getPath().split("/");
    var comments = parts.length > 4 ? tickets.get(parts[4].replace(".json", "")) : null;
    if (comments == null) {
      return null;
    }
    synchronized (comments) {
      if (exchange.getRequestMethod().equals("PUT")) {
        var ticket = ServerUnderTest.JSON.readTree(body).path("ticket");
        if (ticket.has("comment")) {
          comments.add(
              new Comment(
                  ticket.at("/comment/public").asBoolean(),
                  ticket.at("/comment/body").asText(),
                  ticket.at("/metadata/candor").asText()));
        }
      }
      return audits(comments);
    }
  }

  private static JsonNode audits(List<Comment> comments) {
    var page = ServerUnderTest.JSON.createObjectNode();
    var audits = page.putArray("audits");
    comments.forEach(comment ->
        audits.addObject().putObject("metadata").putObject("custom").put("candor", comment.key()));
    return page;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
