package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class SearchFilterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static TestTenant shop;

  @BeforeEach
  void openShop() {
    if (shop == null) {
      shop = TestTenant.create("filter");
      put("a", "policy", "\"en-GB\"", "[\"returns\", \"tents\"]");
      put("b", "faq", "\"en\"", "[\"tents\"]");
      put("c", "product", "\"de\"", "[]");
      put("d", "faq", "null", "null");
    }
  }

  private static void put(String key, String kind, String locale, String tags) {
    var body =
        """
        {"title": "Tents", "kind": "%s", "format": "text", "text": "Tents %s are in stock.",
         "locale": %s, "tags": %s}
        """
            .formatted(kind, key, locale, tags);
    var response = shop.send("PUT", "/api/v1/documents/" + key, body);
    assertEquals(200, response.statusCode(), response.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null                                  | a b c d",
        "{}                                    | a b c d",
        "{'kind': ['faq']}                     | b d",
        "{'kind': ['faq', 'policy']}           | a b d",
        "{'locale': ['en']}                    | a b",
        "{'locale': ['EN-gb']}                 | a",
        "{'locale': ['fr']}                    | ''",
        "{'tags': ['tents']}                   | a b",
        "{'tags': ['returns', 'none']}         | a",
        "{'tags': ['tents'], 'kind': ['faq']}  | b"
      })
  void aSearchReturnsWhatItsFilterLetsThrough(String filter, String documents) throws IOException {
    var found = search(filter.replace('\'', '"')).path("results");
    assertEquals(
        documents.replace("'", ""),
        found
            .valueStream()
            .map(r -> r.path("document").asText())
            .sorted()
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind': ['recipe']} | one of policy, product, faq",
        "{'kind': []}         | filter.kind must have 1 to 50 values",
        "{'locale': ['e%']}   | a language like en",
        "{'tags': [null]}     | filter.tags must hold a tag"
      })
  void aWrongFilterIsRefusedWithTheReason(String filter, String reason) throws IOException {
    var problem = search(filter.replace('\'', '"'));
    assertEquals(400, problem.path("status").asInt(), problem.toString());
    assertTrue(problem.path("detail").asText().contains(reason), problem.toString());
  }

  private static JsonNode search(String filter) throws IOException {
    var body = "{\"query\": \"tents in stock\", \"filter\": %s}".formatted(filter);
    return JSON.readTree(shop.send("POST", "/api/v1/search", body).body());
  }
}
