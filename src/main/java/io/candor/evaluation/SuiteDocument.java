package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A document that a suite puts into a tenant before it asks.
 *
 * @param tenant empty where the suite has one tenant
 * @param key what questions name it by
 */
record SuiteDocument(
    String tenant, String key, String title, String kind, String format, String text) {
  private static final String IN_FORCE_SINCE = "2020-01-01T00:00:00Z";

  static SuiteDocument of(JsonNode node) {
    return new SuiteDocument(
        node.path("tenant").asText(),
        node.path("key").asText(),
        node.path("title").asText(),
        node.path("kind").asText("policy"),
        node.path("format").asText("markdown"),
        node.path("text").asText());
  }

  /** As the documents API takes it. */
  Map<String, String> body() {
    return Map.of(
        "title", title, "kind", kind, "format", format, "text", text, "valid_from", IN_FORCE_SINCE);
  }
}
