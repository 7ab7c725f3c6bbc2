package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.security.Administration;
import io.candor.security.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class VoiceApiTest {
  private static final String PATH = "/api/v1/voice/replies";
  private static TestTenant shop;

  @BeforeEach
  void openShop() {
    if (shop == null) {
      shop = TestTenant.create("voice-shop");
    }
  }

  private static JsonNode say(String reference) throws IOException {
    var body =
        """
        {"question": "How long is the warranty?", "facts": ["Kettles have a warranty of 8 years."], "reference": "%s"}
        """
            .formatted(reference);
    return new ObjectMapper().readTree(shop.send("POST", PATH, body).body());
  }

  @Test
  void theModelSaysTheFactsAndTellsHowLikelyItFindsTheWords() throws IOException {
    var near = say("Kettles have a warranty of 8 years. [1]");
    var far = say("Purple seven grumbles under Tuesday. [1]");

    assertFalse(near.path("sentences").isEmpty(), near::toString);
    assertFalse(near.path("sentences").path(0).path("text").asText().isBlank());
    assertTrue(near.path("likelihood").path("tokens").asInt() > 0);
    assertEquals(near.path("sentences"), far.path("sentences"), "a reference changes no word");
    assertTrue(mean(near.path("reference")) > mean(far.path("reference")));
  }

  private static double mean(JsonNode likelihood) {
    return likelihood.path("log_probability").asDouble() / likelihood.path("tokens").asInt();
  }

  @Test
  void withoutFactsThereIsNothingToSay() {
    var response = shop.send("POST", PATH, "{\"question\": \"Hm?\", \"facts\": []}");
    assertEquals(400, response.statusCode());
    assertTrue(response.body().contains("'facts' has 1 to 20 entries"), response.body());
    assertEquals(
        400, shop.send("POST", PATH, "{\"question\": \"\", \"facts\": [\"a\"]}").statusCode());
  }

  @Test
  void customersDoNotHearWhatIsNotVerified() throws SQLException {
    try (var owner = TestTenant.ownerConnection()) {
      var key = Administration.createKey(owner, shop.name(), EnumSet.of(Scope.CHAT));
      var customer = new TestTenant(shop.name(), key);
      var body = "{\"question\": \"How long?\", \"facts\": [\"8 years.\"]}";
      assertEquals(403, customer.send("POST", PATH, body).statusCode());
    }
  }
}
