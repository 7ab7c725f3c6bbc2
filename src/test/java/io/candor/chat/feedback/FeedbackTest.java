package io.candor.chat.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.security.Administration;
import io.candor.security.Credentials;
import io.candor.security.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a customer's thumb to a line of a dataset. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class FeedbackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject Credentials credentials;
  @Inject ApprovedAnswers approved;

  private TestTenant shop;
  private TestTenant customer;
  private String answer;

  @BeforeEach
  void answerAQuestion() throws Exception {
    shop = TestTenant.create("feedback");
    shop.put("policies/shipping", "Shipping", "Standard delivery costs 4 euros.");
    customer = customer(shop);
    var said =
        JSON.readTree(
            customer
                .send(
                    "POST", "/api/v1/chat", "{\"message\": \"What does standard delivery cost?\"}")
                .body());
    assertEquals("answered", said.path("outcome").asText(), said::toString);
    answer = said.path("answer_id").asText();
  }

  private static TestTenant customer(TestTenant of) throws SQLException {
    try (var owner = TestTenant.ownerConnection()) {
      var key = Administration.createKey(owner, of.name(), EnumSet.of(Scope.CHAT));
      return new TestTenant(of.name(), key);
    }
  }

  private HttpResponse<String> say(TestTenant author, Map<String, ?> body) throws IOException {
    var path = "/api/v1/answers/%s/feedback".formatted(answer);
    return author.send("POST", path, JSON.writeValueAsString(body));
  }

  private String open(Map<String, ?> body) throws IOException {
    return JSON.readTree(say(customer, body).body()).path("id").asText();
  }

  private HttpResponse<String> review(String id, Map<String, ?> body) throws IOException {
    var path = "/api/v1/feedback/%s/review".formatted(id);
    return shop.send("POST", path, JSON.writeValueAsString(body));
  }

  private JsonNode queue(String state) throws IOException {
    return JSON.readTree(shop.get("/api/v1/feedback?state=" + state).body()).path("feedback");
  }

  @Test
  void anAuthorSpeaksOnceOfAnAnswerAndMayChangeTheirMindUntilItIsReviewed() throws IOException {
    assertEquals(200, say(customer, Map.of("rating", "up")).statusCode());
    assertEquals(200, say(customer, Map.of("rating", "up")).statusCode());
    var id = open(Map.of("rating", "down", "comment", "mail me at jo@example.org"));
    assertEquals(1, queue("open").size());
    var kept = queue("open").path(0);
    assertEquals("down", kept.path("rating").asText());
    assertFalse(kept.path("comment").asText().contains("jo@example.org"), kept::toString);
    assertTrue(kept.path("answer").asText().contains("4 euros"), kept::toString);

    assertEquals(200, review(id, Map.of("decision", "rejected")).statusCode());
    assertEquals(409, say(customer, Map.of("rating", "up")).statusCode());
    assertEquals(409, review(id, Map.of("decision", "rejected")).statusCode());
    assertEquals("", shop.get("/api/v1/feedback/export").body());
  }

  @Test
  void anApprovedCorrectionBecomesALineOfADataset() throws IOException {
    var id = open(Map.of("rating", "down", "correction", "You pay 4 euros for standard delivery."));
    assertEquals("", shop.get("/api/v1/feedback/export").body(), "not before it is reviewed");
    var approved = review(id, Map.of("decision", "approved"));
    assertEquals(200, approved.statusCode(), approved.body());

    var line = JSON.readTree(shop.get("/api/v1/feedback/export").body());
    var messages = line.path("messages");
    assertTrue(messages.path(0).path("content").asText().startsWith("You answer customers of"));
    assertTrue(messages.path(1).path("content").asText().startsWith("Facts:\n[1] "));
    assertTrue(messages.path(1).path("content").asText().contains("\nQuestion: What does"));
    assertEquals(
        "You pay 4 euros for standard delivery. [1]", messages.path(2).path("content").asText());
    assertFalse(line.path("conversation").asText().isEmpty());
  }

  @Test
  void aPraisedAnswerIsLearntInItsOwnWords() throws IOException {
    var id = open(Map.of("rating", "up"));
    var approved = JSON.readTree(review(id, Map.of("decision", "approved")).body());
    assertTrue(approved.path("approved").asText().endsWith("[1]"), approved::toString);
    assertFalse(approved.path("forced").asBoolean());
  }

  @Test
  void aCorrectionThatTheFactsDoNotSupportTeachesNothing() throws IOException {
    var id = open(Map.of("rating", "down", "correction", "Standard delivery costs 5 euros."));
    var refused = review(id, Map.of("decision", "approved"));
    assertEquals(422, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("5 euros"), refused.body());
    assertEquals(1, queue("open").size());

    var forced = review(id, Map.of("decision", "approved", "force", true));
    assertEquals(200, forced.statusCode(), forced.body());
    assertTrue(queue("approved").path(0).path("forced").asBoolean());
  }

  @Test
  void aBadAnswerWithoutACorrectionCannotBeLearnt() throws IOException {
    var id = open(Map.of("rating", "down"));
    assertEquals(400, review(id, Map.of("decision", "approved")).statusCode());
    var own = Map.of("decision", "approved", "correction", "Standard delivery costs you 4 euros.");
    assertEquals(200, review(id, own).statusCode());
  }

  @Test
  void whatWasApprovedIsAnExampleForTheNearestQuestions() throws IOException {
    var id = open(Map.of("rating", "down", "correction", "You pay 4 euros for standard delivery."));
    assertEquals(List.of(), examples("delivery price", 3), "not before it is reviewed");
    review(id, Map.of("decision", "approved"));
    var found = examples("How much is delivery?", 3);
    assertEquals(1, found.size());
    assertEquals("You pay 4 euros for standard delivery. [1]", found.getFirst().assistant());
    assertTrue(found.getFirst().user().contains("Question: What does"), found::toString);
    assertEquals(List.of(), examples("How much is delivery?", 0));
  }

  private List<ApprovedAnswers.Exchange> examples(String question, int most) {
    var tenant = credentials.check(shop.key()).orElseThrow().tenant();
    return approved.near(tenant, question, most);
  }

  @Test
  void customersDoNotSeeTheQueueAndStrangersDoNotSeeTheAnswer() throws Exception {
    assertEquals(403, customer.get("/api/v1/feedback").statusCode());
    assertEquals(403, customer.get("/api/v1/feedback/export").statusCode());
    assertEquals(404, say(TestTenant.create("stranger"), Map.of("rating", "up")).statusCode());
    assertEquals(400, say(customer, Map.of("comment", "nice")).statusCode());
    assertEquals(400, shop.get("/api/v1/feedback?state=closed").statusCode());
  }
}
