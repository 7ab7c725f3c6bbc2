package io.candor.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class GlossaryResourceTest {
  private static final String PATH = "/api/v1/glossary";

  @Test
  void anEntryIsReadAsItWasWrittenInLowerCase() {
    var shop = TestTenant.create("glossary");
    var body = "{\"synonyms\": [\"Gift  Card\", \"token\"], \"definition\": \"Prepaid.\"}";
    var entry =
        "{\"term\":\"voucher\",\"synonyms\":[\"gift card\",\"token\"],\"definition\":\"Prepaid.\"}";

    assertEquals(entry, shop.send("PUT", PATH + "/Voucher", body).body());
    assertEquals(entry, shop.get(PATH + "/VOUCHER").body());
    assertEquals("{\"entries\":[" + entry + "]}", shop.get(PATH).body());
    assertEquals("{\"entries\":[]}", TestTenant.create("glossary").get(PATH).body());

    var all = "{\"entries\": [{\"term\": \"couch\", \"synonyms\": [\"sofa\"]}]}";
    assertEquals(200, shop.send("PUT", PATH, all).statusCode());
    assertEquals(404, shop.get(PATH + "/voucher").statusCode());
    assertEquals(204, shop.send("DELETE", PATH + "/couch", "").statusCode());
    assertEquals(404, shop.send("DELETE", PATH + "/couch", "").statusCode());
    assertEquals(204, shop.send("DELETE", PATH, "").statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/x  | {\"synonyms\": []} | 'x' has 0 synonyms",
        "/x  | {\"synonyms\": [\"!\"]} | must hold a letter or a digit",
        "/x  | {\"synonyms\": \"y\"} | synonyms must be an array of strings",
        "/x  | {\"synonym\": [\"y\"]} | there is no field 'synonym'",
        "`` | {\"entries\": {}} | entries must be an array",
        "`` | {\"entries\": [{\"synonyms\": [\"a\"]}]} | term is missing",
        "`` | {\"entries\": [{\"term\": \"a\", \"synonyms\": [\"b\"]},"
            + " {\"term\": \"A\", \"synonyms\": [\"c\"]}]} | 'a' is there twice",
        "`` | [ | this is not JSON"
      })
  void aWrongEntryIsRefusedWithTheReason(String path, String body, String reason) {
    var response = TestTenant.create("glossary").send("PUT", PATH + path, body);
    assertEquals(400, response.statusCode(), response.body());
    assertTrue(response.body().contains(reason), response.body());
  }

  @Test
  void whoAsksWithASynonymFindsTheOtherWords() throws IOException {
    var shop = TestTenant.create("glossary");
    shop.put("a", "Gift cards", "Gift cards are valid for five years.");
    shop.put("b", "Credit cards", "Every usual credit card is taken.");
    shop.put("c", "Vans", "Our vans come on weekdays.");
    assertEquals(0, words(shop, "Is there an EVOUCHER?", "a"));

    shop.send("PUT", PATH + "/gift%20card", "{\"synonyms\": [\"evoucher\"]}");

    assertTrue(words(shop, "Are there EVOUCHERS?", "a") > words(shop, "Are there EVOUCHERS?", "b"));
    assertEquals(0, words(shop, "Are there EVOUCHERS?", "c"));
    assertTrue(words(shop, "is a gift-card accepted", "a") > 0);
    assertFalse(words(TestTenant.create("glossary"), "evoucher", "a") > 0, "another tenant's");
  }

  /** What the words of a query score in a document. */
  private static double words(TestTenant shop, String query, String document) throws IOException {
    var body = "{\"query\": \"%s\"}".formatted(query);
    var found = new ObjectMapper().readTree(shop.send("POST", "/api/v1/search", body).body());
    return found
        .path("results")
        .valueStream()
        .filter(result -> result.path("document").asText().equals(document))
        .mapToDouble(result -> result.path("scores").path("text").asDouble())
        .sum();
  }
}
