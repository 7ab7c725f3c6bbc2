package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class ChatApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RETURNS =
      """
      # Returns

      You can return unused items within 30 days of delivery for a full refund. \
      Items that were made to order cannot be returned unless they are faulty.

      ## How to send something back

      Print the label from your account and hand the parcel in at any post office. \
      We refund within 5 working days after the parcel reaches our warehouse.
      """;
  private static TestTenant shop;

  private record Event(String name, JsonNode data) {}

  @BeforeEach
  void openShop() {
    if (shop == null) {
      shop = TestTenant.create("chat-shop");
      shop.put("policies/returns", "Returns", RETURNS);
      shop.put(
          "policies/shipping",
          "Shipping",
          "# Shipping\n\nStandard delivery costs 4 euros and takes 3 working days.\n");
    }
  }

  @Test
  void everyQuoteIsTheStoredRangeOfItsVersion() throws IOException {
    var answer = ask("How many days do I have to return an unused item?");
    assertEquals("answered", answer.path("outcome").asText(), answer::toPrettyString);
    assertTrue(answer.path("text").asText().contains("30"), answer::toPrettyString);
    assertFalse(answer.path("citations").isEmpty());
    for (var citation : answer.path("citations")) {
      var path =
          "/api/v1/documents/%s/versions/%d"
              .formatted(
                  TestTenant.encode(citation.path("document").asText()),
                  citation.path("version").asInt());
      var text = JSON.readTree(shop.get(path).body()).path("text").asText();
      var stored = text.substring(citation.path("start").asInt(), citation.path("end").asInt());
      assertEquals(stored, citation.path("quote").asText());
    }
    for (var sentence : answer.path("sentences")) {
      assertFalse(sentence.path("citations").isEmpty(), "cited or silent");
    }
  }

  @Test
  void theStreamTellsAcceptedThenStagesThenSentencesThenFinal() throws IOException {
    var events = stream("{\"message\": \"How long does standard delivery take?\"}");
    var names = events.stream().map(Event::name).distinct().toList();
    assertEquals(List.of("accepted", "status", "sentence", "final"), names);
    var last = events.getLast().data();
    assertEquals(events.getFirst().data().path("answer_id"), last.path("answer_id"));
    var sentences =
        events.stream().filter(e -> e.name().equals("sentence")).map(Event::data).toList();
    assertEquals(last.path("sentences").size(), sentences.size());
    for (int i = 0; i < sentences.size(); i++) {
      assertEquals(i, sentences.get(i).path("index").asInt());
      assertEquals(last.path("sentences").get(i).path("text"), sentences.get(i).path("text"));
      assertEquals(
          last.path("sentences").get(i).path("citations"), sentences.get(i).path("citations"));
    }
  }

  @Test
  void anAnswerIsKeptByteForByte() throws IOException {
    var response =
        shop.send("POST", "/api/v1/chat", "{\"message\": \"What does standard delivery cost?\"}")
            .body();
    var id = JSON.readTree(response).path("answer_id").asText();
    assertEquals(response, shop.get("/api/v1/answers/" + id).body());
  }

  @Test
  void whatNoPolicySupportsIsNotAnswered() throws IOException {
    var answer = ask("Who won the football world cup in 1998?");
    assertEquals("abstained", answer.path("outcome").asText(), answer::toPrettyString);
    assertTrue(answer.path("citations").isEmpty());
    assertTrue(answer.path("text").asText().contains("colleague"), "a person is offered");
  }

  @Test
  void aFollowUpIsUnderstoodFromItsConversation() throws IOException {
    var first = ask("How long does standard delivery take?");
    var body =
        "{\"message\": \"and what does it cost?\", \"conversation_id\": %s}"
            .formatted(first.path("conversation_id"));
    var second = JSON.readTree(shop.send("POST", "/api/v1/chat", body).body());
    assertEquals(first.path("conversation_id"), second.path("conversation_id"));
    assertTrue(second.path("text").asText().contains("4 euros"), second::toPrettyString);
  }

  @Test
  void twoQuestionsAreAnsweredEachFromItsOwnPage() throws IOException {
    var answer =
        ask("What does standard delivery cost and how fast do you refund a returned parcel?");
    var cited = answer.path("citations").findValuesAsText("document");
    assertTrue(
        cited.containsAll(List.of("policies/returns", "policies/shipping")),
        answer::toPrettyString);
  }

  @Test
  void whatIsNotFoundOfTwoQuestionsIsSaid() throws IOException {
    var answer =
        ask("What does standard delivery cost? And who won the chess olympiad in Budapest?");
    assertEquals("answered", answer.path("outcome").asText(), answer::toPrettyString);
    assertEquals("partly", answer.path("reason").asText());
    assertTrue(answer.path("text").asText().contains("4 euros"), answer::toPrettyString);
    assertTrue(
        answer.path("text").asText().contains("your second question"), answer::toPrettyString);
  }

  @Test
  void smallTalkIsAnsweredWithoutASource() throws IOException {
    var answer = ask("Are you a robot?");
    assertEquals("assistant", answer.path("reason").asText());
    assertTrue(answer.path("citations").isEmpty());
  }

  @Test
  void aQuestionThatSaysTooLittleIsAskedBack() throws IOException {
    var answer = ask("How much is it?");
    assertEquals("clarify", answer.path("outcome").asText(), answer::toPrettyString);
    assertEquals("ambiguous", answer.path("reason").asText());
  }

  @Test
  void whoAsksForAPersonIsHandedOver() throws IOException {
    assertEquals("handed_off", ask("I want to talk to a human please").path("outcome").asText());
  }

  @Test
  void anAnswerIsAsOfTheInstantAskedFor() throws IOException {
    var body =
        "{\"message\": \"How many days do I have to return an item?\", \"as_of\": \"2019-06-01T00:00:00Z\"}";
    var answer = JSON.readTree(shop.send("POST", "/api/v1/chat", body).body());
    assertEquals("abstained", answer.path("outcome").asText());
    assertEquals("2019-06-01T00:00:00Z", answer.path("knowledge").path("as_of").asText());
  }

  @Test
  void knowledgeThatDoesNotComeIsAProblemCalledStale() throws IOException {
    var response =
        shop.send(
            "POST", "/api/v1/chat", "{\"message\": \"Hello returns\", \"after\": \"s999999\"}");
    assertEquals(409, response.statusCode());
    assertEquals("urn:candor:problem:stale", JSON.readTree(response.body()).path("type").asText());
    var events = stream("{\"message\": \"Hello returns\", \"after\": \"s999999\"}");
    assertEquals("error", events.getLast().name());
    assertEquals("urn:candor:problem:stale", events.getLast().data().path("type").asText());
  }

  @Test
  void anotherTenantsConversationsAndAnswersAreNotFound() throws IOException {
    var answer = ask("What does standard delivery cost?");
    var stranger = TestTenant.create("stranger");
    assertEquals(
        404, stranger.get("/api/v1/answers/" + answer.path("answer_id").asText()).statusCode());
    var body =
        "{\"message\": \"and now?\", \"conversation_id\": %s}"
            .formatted(answer.path("conversation_id"));
    assertEquals(404, stranger.send("POST", "/api/v1/chat", body).statusCode());
    assertEquals(
        404,
        stranger
            .send(
                "POST",
                "/api/v1/chat",
                body.replace(answer.path("conversation_id").asText(), UUID.randomUUID().toString()))
            .statusCode());
  }

  private static JsonNode ask(String message) throws IOException {
    var body = JSON.writeValueAsString(JSON.createObjectNode().put("message", message));
    return JSON.readTree(shop.send("POST", "/api/v1/chat", body).body());
  }

  private static List<Event> stream(String body) throws IOException {
    var events = new ArrayList<Event>();
    var name = "";
    for (var line : (Iterable<String>) shop.stream("/api/v1/chat", body)::iterator) {
      if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        events.add(new Event(name, JSON.readTree(line.substring(5))));
      }
    }
    return events;
  }
}
