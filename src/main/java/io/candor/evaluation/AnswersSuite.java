package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the chat, each question in a conversation of its own, and grades what it says: its outcome,
 * what it must and must not hold, what it must cite. {@code demo/golden.yaml}'s header says what
 * each field of an expectation means; {@code reference} is a person's reply to the same question.
 */
record AnswersSuite(SuiteDefinition definition, Dataset data) implements DataSuite {
  private static final String ANSWERED = "answered";
  private static final String ABSTAINED = "abstained";
  private static final String CLARIFY = "clarify";

  static final List<Figure> FIGURES =
      Stream.of(
              Figure.means("right", "answerable right", "right outcome"),
              List.of(
                  Figure.ratio("abstain precision", "rightly abstained", "abstained"),
                  Figure.ratio("abstain recall", "rightly abstained", "should abstain"),
                  Figure.mean("clarify rate").toLower(),
                  Figure.ratio("citation precision", "right citations", "citations"),
                  Figure.ratio("citation recall", "cited documents", "wanted documents")),
              AnswerQuality.FIGURES)
          .flatMap(List::stream)
          .toList();

  @Override
  public Result ask(Question question, Tenants tenants) {
    var server =
        definition.demo()
            ? tenants.demo()
            : tenants.named(Loading.tenant(definition.name(), question.tenant()));
    var start = System.nanoTime();
    var answer = send(question, server);
    var millis = (System.nanoTime() - start) / 1e6;
    var expected = question.expect().path("outcome").asText(ANSWERED);
    var outcome = answer.path("outcome").asText();
    var fault =
        expected.equals(outcome)
            ? fault(question, answer)
            : "%s, expected %s".formatted(outcome, expected);
    var draft = new ResultDraft(question).took("answer", millis);
    draft.score("right", fault.isEmpty());
    draft.score("right outcome", expected.equals(outcome));
    draft.score(expected.equals(ANSWERED) ? "answerable right" : "others right", fault.isEmpty());
    draft.score("should abstain", expected.equals(ABSTAINED));
    draft.score("abstained", outcome.equals(ABSTAINED));
    draft.score("rightly abstained", expected.equals(ABSTAINED) && outcome.equals(ABSTAINED));
    draft.score("clarify rate", outcome.equals(CLARIFY));
    stages(draft, answer.path("timings"));
    if (outcome.equals(ANSWERED)) {
      gradeCitations(draft, question, answer);
      new AnswerQuality(server).grade(draft, question, answer);
    }
    return draft.done(
        expected(question), answer.path("text").asText(), quotes(question, answer), fault);
  }

  /** Says the earlier messages first, in the same conversation. */
  static JsonNode send(Question question, ServerUnderTest server) {
    String conversation = null;
    for (var earlier : question.history()) {
      conversation =
          send(server, earlier, question.asOf(), conversation).path("conversation_id").asText();
    }
    return send(server, question.text(), question.asOf(), conversation);
  }

  private static JsonNode send(
      ServerUnderTest server, String message, String asOf, String conversation) {
    var body = new HashMap<String, String>();
    body.put("message", message);
    if (!asOf.isEmpty()) {
      body.put("as_of", asOf);
    }
    if (conversation != null) {
      body.put("conversation_id", conversation);
    }
    return server.post("/api/v1/chat", body);
  }

  private static void stages(ResultDraft draft, JsonNode timings) {
    for (var stage : List.of("retrieve", "first_sentence", "total")) {
      var millis = timings.path(stage + "_ms");
      if (millis.isNumber()) {
        draft.took(stage.replace('_', ' '), millis.asDouble());
      }
    }
  }

  private static String fault(Question question, JsonNode answer) {
    var said = new StringBuilder(answer.path("text").asText());
    answer.path("citations").forEach(c -> said.append('\n').append(c.path("quote").asText()));
    var cited = cited(answer);
    for (var document : question.expected("documents")) {
      if (alternatives(document).noneMatch(cited::contains)) {
        return "does not cite " + document;
      }
    }
    for (var needed : question.expected("contains")) {
      if (said.indexOf(needed) < 0) {
        return "does not contain '%s'".formatted(needed);
      }
    }
    for (var wrong : question.expected("absent")) {
      if (said.indexOf(wrong) >= 0) {
        return "contains '%s'".formatted(wrong);
      }
    }
    return "";
  }

  /** A citation is right if its document is expected, or its quote holds what is. */
  private static void gradeCitations(ResultDraft draft, Question question, JsonNode answer) {
    var wanted = question.expected("documents");
    if (wanted.isEmpty()) {
      return;
    }
    draft.score("citations", answer.path("citations").size());
    draft.score(
        "right citations",
        answer.path("citations").valueStream().filter(c -> isRelevant(question, c)).count());
    var cited = cited(answer);
    draft.score("wanted documents", wanted.size());
    draft.score(
        "cited documents",
        wanted.stream().filter(w -> alternatives(w).anyMatch(cited::contains)).count());
  }

  private static boolean isRelevant(Question question, JsonNode citation) {
    var quote = citation.path("quote").asText();
    var document = citation.path("document").asText();
    return question.expected("documents").stream()
            .flatMap(AnswersSuite::alternatives)
            .anyMatch(document::equals)
        || question.expected("contains").stream().anyMatch(quote::contains);
  }

  /** Documents that say the same in full, of which one has to be cited. */
  private static Stream<String> alternatives(String documents) {
    return Arrays.stream(documents.split("\\|"));
  }

  static Set<String> cited(JsonNode answer) {
    return answer
        .path("citations")
        .valueStream()
        .map(citation -> citation.path("document").asText())
        .collect(Collectors.toSet());
  }

  private static String expected(Question question) {
    var expect = question.expect();
    var parts = new ArrayList<String>();
    parts.add(expect.path("outcome").asText(ANSWERED));
    for (var field : List.of("documents", "contains", "absent")) {
      var values = question.expected(field);
      if (!values.isEmpty()) {
        parts.add(field + " " + String.join(", ", values));
      }
    }
    if (expect.has("reference")) {
      parts.add(expect.path("reference").asText());
    }
    return String.join("; ", parts);
  }

  private static List<Result.Passage> quotes(Question question, JsonNode answer) {
    return answer
        .path("citations")
        .valueStream()
        .map(c ->
            Result.passage(
                c.path("document").asText(),
                c.path("title").asText(),
                c.path("quote").asText(),
                isRelevant(question, c)))
        .toList();
  }
}
