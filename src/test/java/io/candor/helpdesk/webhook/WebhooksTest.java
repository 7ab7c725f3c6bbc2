package io.candor.helpdesk.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.helpdesk.wire.StandardWebhooks;
import io.candor.security.Administration;
import io.candor.security.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class WebhooksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "{\"message\": \"How long do I have to return an item?\"}";

  private final Queue<Received> received = new ConcurrentLinkedQueue<>();
  private volatile int status = 204;
  private volatile String location = "";
  private HttpServer receiver;
  private TestTenant shop;

  private record Received(Map<String, String> headers, byte[] body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    boolean isSignedWith(String secret) {
      return StandardWebhooks.isSigned(
          headers.get("Webhook-signature"),
          secret,
          headers.get("Webhook-id"),
          Long.parseLong(headers.get("Webhook-timestamp")),
          body);
    }
  }

  @BeforeEach
  void start() throws IOException {
    shop = TestTenant.create("hooks");
    receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var headers = new java.util.HashMap<String, String>();
            exchange
                .getRequestHeaders()
                .forEach((name, values) -> headers.put(name, values.getFirst()));
            received.add(new Received(headers, exchange.getRequestBody().readAllBytes()));
            if (!location.isEmpty()) {
              exchange.getResponseHeaders().add("Location", location);
            }
            exchange.sendResponseHeaders(status, -1);
          }
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private String url() {
    return "http://localhost:" + receiver.getAddress().getPort() + "/hook";
  }

  private JsonNode create(String type) throws IOException {
    var body = "{\"url\": \"%s\", \"types\": [\"%s\"]}".formatted(url(), type);
    var response = shop.send("POST", "/api/v1/webhooks", body);
    assertEquals(201, response.statusCode(), response.body());
    return JSON.readTree(response.body());
  }

  private JsonNode log(JsonNode webhook) throws IOException {
    var path = "/api/v1/webhooks/%s/deliveries".formatted(webhook.path("id").asText());
    return JSON.readTree(shop.get(path).body()).path("deliveries");
  }

  private Received next() {
    await().until(() -> !received.isEmpty());
    return received.remove();
  }

  @Test
  void anAnswerIsSentSignedWithItsSecretAndMayBeReplayed() throws Exception {
    var webhook = create("answer.created");
    var answer = JSON.readTree(shop.send("POST", "/api/v1/chat", QUESTION).body());
    var first = next();
    assertTrue(first.isSignedWith(webhook.path("secret").asText()));
    assertEquals("answer.created", first.json().path("type").asText());
    assertEquals(answer.path("answer_id"), first.json().at("/data/answer_id"));
    await().until(() -> log(webhook).path(0).path("state").asText().equals("delivered"));

    var message = log(webhook).path(0).path("message").asText();
    var replay =
        "/api/v1/webhooks/%s/deliveries/%s/replay".formatted(webhook.path("id").asText(), message);
    assertEquals(204, shop.send("POST", replay, "").statusCode());
    assertEquals(first.headers().get("Webhook-id"), next().headers().get("Webhook-id"));
  }

  @Test
  void aDocumentAndAHandoffAreToldToThoseWhoWantThem() throws Exception {
    create("document.applied");
    shop.put("returns", "Returns", "You have 30 days to return an item.");
    assertEquals("document.applied", next().json().path("type").asText());
    create("conversation.handed_off");
    shop.send("POST", "/api/v1/chat", "{\"message\": \"Let me talk to a human\"}");
    assertEquals("conversation.handed_off", next().json().path("type").asText());
    assertTrue(received.isEmpty());
  }

  @Test
  void afterARotationBothSecretsSign() throws Exception {
    var webhook = create("answer.created");
    var path = "/api/v1/webhooks/%s/secrets".formatted(webhook.path("id").asText());
    var rotated = JSON.readTree(shop.send("POST", path, "").body());
    shop.send("POST", "/api/v1/chat", QUESTION);
    var message = next();
    assertTrue(message.isSignedWith(webhook.path("secret").asText()));
    assertTrue(message.isSignedWith(rotated.path("secret").asText()));
  }

  @Test
  void whoAnswersGoneIsSentNothingMoreUntilEnabled() throws Exception {
    var webhook = create("answer.created");
    status = 410;
    shop.send("POST", "/api/v1/chat", QUESTION);
    next();
    await().until(() -> shop.get("/api/v1/webhooks").body().contains("410 Gone"));
    status = 204;
    shop.send("POST", "/api/v1/chat", QUESTION);
    Thread.sleep(1_500);
    assertTrue(received.isEmpty());
    shop.send("POST", "/api/v1/webhooks/%s/enable".formatted(webhook.path("id").asText()), "");
    shop.send("POST", "/api/v1/chat", QUESTION);
    next();
  }

  @Test
  void aFailureIsTriedAgainLater() throws Exception {
    var webhook = create("answer.created");
    status = 500;
    shop.send("POST", "/api/v1/chat", QUESTION);
    next();
    await().until(() -> log(webhook).path(0).path("attempts").asInt() == 1);
    assertEquals("pending", log(webhook).path(0).path("state").asText());
    assertEquals(500, log(webhook).path(0).path("status").asInt());
    status = 204;
    await().atMost(java.time.Duration.ofSeconds(20)).until(() -> !received.isEmpty());
  }

  @Test
  void aRedirectIntoOurNetworkIsNotFollowed() throws Exception {
    var webhook = create("answer.created");
    status = 307;
    location = "http://127.0.0.2:%d/inside".formatted(receiver.getAddress().getPort());
    shop.send("POST", "/api/v1/chat", QUESTION);
    next();
    await().until(() -> log(webhook).path(0).path("attempts").asInt() == 1);
    assertTrue(log(webhook).path(0).path("reason").asText().contains("private network"));
    assertTrue(received.isEmpty());
  }

  @Test
  void feedbackIsToldWhenItIsGivenAndWhenItChanges() throws Exception {
    var webhook = create("feedback.received");
    var answer = JSON.readTree(shop.send("POST", "/api/v1/chat", QUESTION).body());
    var path = "/api/v1/answers/%s/feedback".formatted(answer.path("answer_id").asText());
    for (var rating : new String[] {"down", "down", "up"}) {
      var body = "{\"rating\": \"%s\", \"comment\": \"Which shop?\"}".formatted(rating);
      assertEquals(200, shop.send("POST", path, body).statusCode());
    }
    var ratings = new java.util.TreeSet<String>();
    for (int i = 0; i < 2; i++) {
      var told = next();
      assertTrue(told.isSignedWith(webhook.path("secret").asText()));
      assertEquals("feedback.received", told.json().path("type").asText());
      assertEquals(answer.path("answer_id"), told.json().at("/data/answer_id"));
      assertEquals("Which shop?", told.json().at("/data/comment").asText());
      ratings.add(told.json().at("/data/rating").asText());
    }
    assertEquals(java.util.Set.of("down", "up"), ratings);
    assertEquals(2, log(webhook).size());
  }

  @Test
  void anAnswerIsAffectedOnceADocumentNoLongerSaysWhatItQuoted() throws Exception {
    var webhook = create("answer.affected");
    var quoted = "You have 30 days to return an item.";
    shop.put("returns", "Returns", quoted);
    var answer = JSON.readTree(shop.send("POST", "/api/v1/chat", QUESTION).body());
    assertEquals(quoted, answer.at("/citations/0/quote").asText(), answer.toString());
    shop.put("returns", "Returns", quoted + " Keep the receipt.");
    shop.put("returns", "Returns", "You have 14 days to return an item.");
    shop.put("returns", "Returns", "You have 10 days to return an item.");

    var told = next();
    assertTrue(told.isSignedWith(webhook.path("secret").asText()));
    var data = told.json().path("data");
    assertEquals(answer.path("answer_id"), data.path("answer_id"));
    assertEquals(answer.path("conversation_id"), data.path("conversation_id"));
    assertEquals("returns", data.path("document").asText());
    assertEquals(1, data.path("version").asInt());
    assertEquals(3, data.path("superseded_by").asInt());
    assertEquals(quoted, data.at("/quotes/0").asText());
    assertEquals(1, log(webhook).size());
  }

  @Test
  void anAnswerIsAffectedByTheEndOfTheDocumentThatItQuoted() throws Exception {
    create("answer.affected");
    shop.put("returns", "Returns", "You have 30 days to return an item.");
    var answer = JSON.readTree(shop.send("POST", "/api/v1/chat", QUESTION).body());
    assertEquals(200, shop.send("DELETE", "/api/v1/documents/returns", "").statusCode());
    var data = next().json().path("data");
    assertEquals(answer.path("answer_id"), data.path("answer_id"));
    assertTrue(data.path("superseded_by").isMissingNode());
  }

  @Test
  void addressesThatAreNotEncryptedOrKindsThatDoNotExistAreRefused() {
    for (var body :
        new String[] {
          "{\"url\": \"http://example.com/\"}",
          "{\"url\": \"file:///etc/passwd\"}",
          "{\"url\": \"https://\"}",
          "{\"url\": \"https://example.com/\", \"types\": [\"everything\"]}",
          "[]"
        }) {
      assertEquals(400, shop.send("POST", "/api/v1/webhooks", body).statusCode(), body);
    }
  }

  @Test
  void aKeyThatMayOnlyChatSeesNoWebhooks() throws Exception {
    try (var owner = TestTenant.ownerConnection()) {
      var key = Administration.createKey(owner, shop.name(), EnumSet.of(Scope.CHAT));
      var other = new TestTenant(shop.name(), key);
      assertEquals(403, other.get("/api/v1/webhooks").statusCode());
      assertEquals(403, other.get("/api/v1/helpdesks").statusCode());
      assertFalse(other.send("POST", "/api/v1/chat", QUESTION).body().isEmpty());
    }
  }
}
