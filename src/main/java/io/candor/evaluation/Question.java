package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/**
 * One question of a suite, with what is expected of its answer; a {@link Dataset} makes it and a
 * {@link Suite} asks it.
 *
 * @param id unique in its suite, and the same in every run
 * @param tenant whose documents are asked; empty where the suite has one tenant
 * @param text what is asked, said or screened
 * @param tags by which figures are broken down
 * @param history earlier messages of the same conversation
 * @param asOf the instant asked about; empty for now
 * @param expect the fields that this kind of suite knows
 */
record Question(
    String id,
    String tenant,
    String text,
    List<String> tags,
    List<String> history,
    String asOf,
    JsonNode expect) {
  Question {
    if (id.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException(
          "a question needs an id and a text: '%s' asks '%s'".formatted(id, text));
    }
    tags = List.copyOf(tags);
    history = List.copyOf(history);
  }

  static Question of(String id, String tenant, String text, JsonNode expect, String... tags) {
    return new Question(id, tenant, text, List.of(tags), List.of(), "", expect);
  }

  /** From a line or an entry in the suites' own form. */
  static Question of(JsonNode node) {
    return new Question(
        node.path("id").asText(),
        node.path("tenant").asText(),
        node.path("question").asText(),
        strings(node.path("tags")),
        strings(node.path("history")),
        node.path("as_of").asText(),
        node.path("expect"));
  }

  /** The strings of a field of what is expected; none where it is missing. */
  List<String> expected(String field) {
    return strings(expect.path(field));
  }

  static JsonNode nothing() {
    return MissingNode.getInstance();
  }

  static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
