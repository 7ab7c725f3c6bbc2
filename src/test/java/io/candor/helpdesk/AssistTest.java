package io.candor.helpdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class AssistTest {
  @Test
  void aColleagueIsToldWhatToReplyWhatItStandsOnAndWhatToAsk() throws Exception {
    var shop = TestTenant.create("assist");
    shop.put(
        "returns",
        "Returns",
        "# Returns\n\nWe refund the postage of a return if the item arrived damaged.");
    var body =
        """
        {"messages": [{"by": "customer", "text": "Hello"}, {"by": "staff", "text": "Hello, how can I help?"},
                      {"by": "customer", "text": "Do you refund the postage of a return?"}]}
        """;
    var response = shop.send("POST", "/api/v1/assist", body);
    assertEquals(200, response.statusCode(), response.body());
    var suggestion = Simulator.JSON.readTree(response.body());
    assertEquals("answered", suggestion.path("outcome").asText(), response.body());
    assertTrue(suggestion.path("reply").asText().contains("postage"));
    assertTrue(suggestion.path("confidence").asDouble() > 0);
    assertEquals("returns", suggestion.at("/passages/0/document").asText());
    assertTrue(
        suggestion.path("next_question").asText().contains("if the item arrived damaged"),
        response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"messages\": []}",
        "{\"messages\": [{\"by\": \"staff\", \"text\": \"Hello\"}]}",
        "{\"messages\": [{\"by\": \"nobody\", \"text\": \"Hello\"}]}",
        "{\"messages\": [{\"by\": \"customer\"}]}"
      })
  void whatIsNoConversationIsRefused(String body) {
    var shop = TestTenant.create("assist");
    assertEquals(400, shop.send("POST", "/api/v1/assist", body).statusCode());
  }
}
