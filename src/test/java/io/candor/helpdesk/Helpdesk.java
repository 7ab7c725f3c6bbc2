package io.candor.helpdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.TestTenant;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicLong;

/** A simulated helpdesk, and a channel of the server under test that is connected to it. */
final class Helpdesk implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final AtomicLong IDS = new AtomicLong(100_000);
  private static final String CHANNEL = "/api/v1/helpdesks/desk";

  private final TestTenant tenant;
  private final Simulator simulator;
  private final String hook;

  /** Settings as JSON without the account. */
  Helpdesk(TestTenant tenant, SimulatedVendor vendor, String mode, String settings)
      throws IOException {
    this.tenant = tenant;
    this.simulator = new Simulator(vendor);
    var answer = put(mode, settings);
    assertEquals(201, answer.status(), answer.body().toString());
    this.hook = TestTenant.server() + answer.body().path("channel").path("path").asText();
  }

  record Answered(int status, JsonNode body) {}

  Answered put(String mode, String settings) throws IOException {
    ObjectNode body = Simulator.JSON.createObjectNode();
    var vendor = simulator.vendor();
    body.put("helpdesk", vendor.name()).put("mode", mode).put("token", vendor.token());
    body.put("secret", vendor.secret());
    var all = (ObjectNode) Simulator.JSON.readTree(settings);
    all.set("account", Simulator.JSON.readTree(simulator.account()));
    body.set("settings", all);
    return api("PUT", "", body.toString());
  }

  /** A call of the channel's API. */
  Answered api(String method, String path, String body) throws IOException {
    var response = tenant.send(method, CHANNEL + path, body);
    return new Answered(
        response.statusCode(),
        response.body().isEmpty() ? null : Simulator.JSON.readTree(response.body()));
  }

  /** A new conversation at the helpdesk. */
  String open() {
    var id = String.valueOf(IDS.incrementAndGet());
    simulator.desks().open(id);
    return id;
  }

  /** A customer writes, and the helpdesk tells of it; the status that it got. */
  int says(String conversation, String text) throws IOException {
    return send(simulator.vendor().message(hook, said(conversation, text), secret()));
  }

  SimulatedVendor.Said said(String conversation, String text) {
    return new SimulatedVendor.Said(conversation, String.valueOf(IDS.incrementAndGet()), text);
  }

  static int send(HttpRequest request) throws IOException {
    try {
      return CLIENT.send(request, BodyHandlers.ofString()).statusCode();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String hook() {
    return hook;
  }

  String secret() {
    return simulator.vendor().secret();
  }

  Simulator simulator() {
    return simulator;
  }

  Desks desks() {
    return simulator.desks();
  }

  /** What came of the delivery that came in last; null while it is open. */
  String lastResult() throws IOException {
    var last = api("GET", "/deliveries", "").body().path("deliveries").path(0);
    return last.path("result").isNull() ? null : last.path("result").asText();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
