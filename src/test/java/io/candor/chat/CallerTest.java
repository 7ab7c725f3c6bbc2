package io.candor.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who go away: the model is stopped, and what they were shown is kept. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class CallerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "What does standard delivery cost?";
  private final TestTenant shop = openShop();

  private static TestTenant openShop() {
    var shop = TestTenant.create("gone");
    shop.put(
        "policies/shipping",
        "Shipping",
        "# Shipping\n\nStandard delivery costs 4 euros and takes 3 working days.\n");
    return shop;
  }

  @Test
  void whoStaysIsShownTheWholeAnswer() throws Exception {
    shop.send("POST", "/api/v1/chat", "{\"message\": \"%s\"}".formatted(QUESTION));
    assertTrue(recorded().get().path("text").asText().contains("4 euros"));
    assertTrue(recorded().get().path("reason").isMissingNode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "application/json"})
  void whatWasShownToACallerWhoWentAwayIsKept(String accept) throws Exception {
    // without a stream nobody tells when the answer was begun: too early a hang-up leaves no trace
    for (int pause = 20; recorded().isEmpty() && pause < 1000; pause *= 2) {
      try (var socket = ask(accept)) {
        if (accept.equals("text/event-stream")) {
          var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
          while (!lines.readLine().contains("accepted")) {
            // the answer is not begun
          }
        } else {
          Thread.sleep(pause);
        }
      }
      waitForRecord();
    }
    var answer = recorded().get();
    assertEquals("disconnected", answer.path("reason").asText(), answer::toPrettyString);
    assertEquals(
        answer.path("text").asText().isEmpty(),
        answer.path("citations").isEmpty(),
        answer::toPrettyString);
  }

  private void waitForRecord() {
    try {
      await().atMost(Duration.ofSeconds(3)).until(() -> recorded().isPresent());
    } catch (ConditionTimeoutException e) {
      // nothing was begun
    }
  }

  private Socket ask(String accept) throws IOException {
    var server = TestTenant.server();
    var body = "{\"message\": \"%s\"}".formatted(QUESTION);
    var socket = new Socket(server.getHost(), server.getPort());
    socket
        .getOutputStream()
        .write(
            """
            POST /api/v1/chat HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer %s\r
            Accept: %s\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            %s\
            """
                .formatted(shop.key(), accept, body.length(), body)
                .getBytes(UTF_8));
    return socket;
  }

  /** The tenant's one answer, once it is recorded. */
  private Optional<JsonNode> recorded() throws SQLException, IOException {
    try (var owner = TestTenant.ownerConnection();
        var confine =
            owner.prepareStatement(
                "select set_config('candor.tenant', id::text, false) from tenant where name = ?");
        var select = owner.prepareStatement("select response from answer")) {
      confine.setString(1, shop.name());
      confine.execute();
      try (var rows = select.executeQuery()) {
        return rows.next() ? Optional.of(JSON.readTree(rows.getString(1))) : Optional.empty();
      }
    }
  }
}
