package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.serving.AdapterAdministration;
import io.candor.serving.lora.TestLora;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which adapters a conversation hears while the tenant's voice changes. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class ConversationVoiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPOKEN_WITH =
      """
      select coalesce(inputs::jsonb #>> '{voice,adapters,0,name}', 'none') from answer where id = ?::uuid
      """;
  private static final String BRAND = "{\"adapters\": [{\"name\": \"brand\"}]}";
  private static final String OTHER = "{\"adapters\": [{\"name\": \"other\"}]}";

  @TempDir private Path folder;
  private TestTenant shop;

  @BeforeEach
  void openShop() throws Exception {
    shop = TestTenant.create("kept");
    shop.put("policies/shipping", "Shipping", "Standard delivery costs 4 euros.");
    store("brand", 1);
    store("other", 2);
  }

  private void store(String name, long seed) throws Exception {
    var weight = new TestLora.Weight("blk.3.attn_q.weight", 576, 576);
    var file = TestLora.adapter(folder.resolve(name), seed, 2, 4, 1e-6f, weight);
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      AdapterAdministration.add(owner, shop.name(), name, file, Optional.empty());
    }
    json("POST", "/api/v1/adapters/%s/verdicts".formatted(name), "{\"passed\": true}");
  }

  private JsonNode json(String method, String path, String body) throws IOException {
    var response = shop.send(method, path, body);
    assertEquals(2, response.statusCode() / 100, response.body());
    return JSON.readTree(response.body());
  }

  private JsonNode setVoice(String body) throws IOException {
    return json("PUT", "/api/v1/voice", body);
  }

  private JsonNode ask(String more) throws IOException {
    return json(
        "POST",
        "/api/v1/chat",
        "{\"message\": \"What does standard delivery cost?\"%s}".formatted(more));
  }

  private String heardIn(JsonNode first) throws Exception {
    return adapter(ask(", \"conversation_id\": " + first.path("conversation_id")));
  }

  /** As recorded: the answer itself names none where the model did not speak in time. */
  private String adapter(JsonNode answer) throws Exception {
    try (var owner = TestTenant.ownerConnection()) {
      try (var confine =
          owner.prepareStatement(
              "select set_config('candor.tenant', id::text, false) from tenant where name = ?")) {
        confine.setString(1, shop.name());
        confine.execute();
      }
      try (var statement = owner.prepareStatement(SPOKEN_WITH)) {
        statement.setString(1, answer.path("answer_id").asText());
        var rows = statement.executeQuery();
        rows.next();
        return rows.getString(1);
      }
    }
  }

  @Test
  void aConversationKeepsTheVoiceThatItBeganWithThroughPromotionAndRollback() throws Exception {
    var plain = ask("");
    assertEquals("none", adapter(plain));
    setVoice(BRAND);
    var brand = ask("");
    assertEquals("brand", adapter(brand));
    assertEquals("none", heardIn(plain));
    setVoice(OTHER);
    assertEquals("brand", heardIn(brand));
    json("POST", "/api/v1/voice/rollback", "");
    json("POST", "/api/v1/voice/rollback", "");
    assertEquals("none", adapter(ask("")));
    assertEquals("brand", heardIn(brand));

    assertEquals(204, shop.send("DELETE", "/api/v1/adapters/brand", "").statusCode());
    assertEquals("none", heardIn(brand), "an adapter that was removed is heard no more");
  }

  @Test
  void aNamedAdapterHoldsForItsAnswerAlone() throws Exception {
    setVoice(BRAND);
    var first = ask("");
    var named =
        ask(", \"adapter\": \"other\", \"conversation_id\": " + first.path("conversation_id"));
    assertEquals("other", adapter(named));
    assertEquals("brand", heardIn(first));
  }

  @Test
  void theCanaryIsHeardByItsShareOfNewConversations() throws Exception {
    var before = ask("");
    setVoice(canary("0.999999"));
    var tried = ask("");
    assertEquals("brand", adapter(tried));
    assertEquals("none", heardIn(before));
    setVoice(canary("0.000001"));
    assertEquals("other", adapter(ask("")));
    assertEquals("brand", heardIn(tried));
    assertEquals(400, shop.send("PUT", "/api/v1/voice", canary("1.5")).statusCode());
  }

  private static String canary(String share) {
    return """
    {"adapters": [{"name": "other"}], "canary": {"adapters": [{"name": "brand"}], "share": %s}}
    """
        .formatted(share);
  }

  @Test
  void rollbackGoesOneVoiceFurtherBackEachTime() throws Exception {
    assertEquals(400, shop.send("POST", "/api/v1/voice/rollback", "").statusCode());
    setVoice(BRAND);
    setVoice(OTHER);
    setVoice(canary("0.1"));
    var first = json("POST", "/api/v1/voice/rollback", "");
    assertEquals("other", first.at("/adapters/0/name").asText());
    assertTrue(first.path("canary").isMissingNode(), first::toString);
    assertEquals("rollback", first.at("/set/kind").asText());
    var second = json("POST", "/api/v1/voice/rollback", "");
    assertEquals("brand", second.at("/adapters/0/name").asText());
    assertTrue(json("POST", "/api/v1/voice/rollback", "").path("adapters").isEmpty());
    var refused = shop.send("POST", "/api/v1/voice/rollback", "");
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("no voice before"), refused.body());
    var history = JSON.readTree(shop.get("/api/v1/voice/history").body()).path("voices");
    assertEquals(6, history.size(), history::toString);
    assertTrue(history.path(0).at("/set/by").asText().length() > 10, history::toString);
  }

  @Test
  void rollbackToAnAdapterThatIsGoneIsRefused() throws Exception {
    setVoice(BRAND);
    setVoice(OTHER);
    assertEquals(204, shop.send("DELETE", "/api/v1/adapters/brand", "").statusCode());
    var refused = shop.send("POST", "/api/v1/voice/rollback", "");
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("brand, removed since"), refused.body());
  }
}
