package io.candor.helpdesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A helpdesk's server: it keeps conversations, and refuses what the vendor would refuse. On request
 * it fails a share of its calls, in the four ways that calls fail: too many requests, an error
 * before anything was done, an error after it was, and no answer in time although it was.
 */
final class Simulator implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int LATE_MS = 1_500;

  private final HttpServer server;
  private final SimulatedVendor vendor;
  private final Desks desks = new Desks();
  private final Random random = new Random(7);
  private final AtomicInteger failed = new AtomicInteger();
  private volatile double failing;

  Simulator(SimulatedVendor vendor) throws IOException {
    this.vendor = vendor;
    this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  Desks desks() {
    return desks;
  }

  SimulatedVendor vendor() {
    return vendor;
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** From now on fails this share of the calls. */
  Simulator failing(double share) {
    failing = share;
    return this;
  }

  int failures() {
    return failed.get();
  }

  /** The channel's settings as JSON, as an operator of Candor enters them. */
  String account() throws IOException {
    return JSON.writeValueAsString(vendor.account(url()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = read(exchange);
      double dice;
      synchronized (random) {
        dice = random.nextDouble();
      }
      if (dice >= failing) {
        answer(exchange, vendor.handle(call, desks));
        return;
      }
      failed.incrementAndGet();
      switch ((int) (dice / failing * 4)) {
        case 0 -> {
          exchange.getResponseHeaders().add("Retry-After", "0");
          answer(exchange, new SimulatedVendor.Reply(429, ""));
        }
        case 1 -> answer(exchange, new SimulatedVendor.Reply(500, "oops"));
        case 2 -> {
          vendor.handle(call, desks);
          answer(exchange, new SimulatedVendor.Reply(502, "bad gateway"));
        }
        default -> {
          vendor.handle(call, desks);
          Thread.sleep(LATE_MS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SimulatedVendor.Call read(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    var raw = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    JsonNode body = raw.isEmpty() ? null : JSON.readTree(raw);
    return new SimulatedVendor.Call(
        exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body, raw);
  }

  private static void answer(HttpExchange exchange, SimulatedVendor.Reply reply)
      throws IOException {
    var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
