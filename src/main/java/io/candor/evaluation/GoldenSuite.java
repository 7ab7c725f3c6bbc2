package io.candor.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Questions with what a right answer holds: its outcome, documents that it must cite, strings that
 * must or must not appear in its text or its quotes. The demo company's are in {@code
 * demo/golden.yaml}, whose header says what each field means.
 */
public final class GoldenSuite {
  private GoldenSuite() {}

  /** One question's grade; why is empty where it was answered right. */
  public record Grade(
      String id,
      List<String> tags,
      String question,
      String expected,
      String outcome,
      String text,
      String why) {
    @JsonIgnore
    public boolean isRight() {
      return why.isEmpty();
    }
  }

  /** How many of the questions with a tag were answered right. */
  public record Share(long right, long questions) {
    @Override
    public String toString() {
      return right + " of " + questions;
    }
  }

  /** All grades, and the share of each tag. */
  public record Result(Share all, Map<String, Share> byTag, List<Grade> grades) {
    /** Those that were not right, in the suite's order. */
    public List<Grade> wrong() {
      return grades.stream().filter(grade -> !grade.isRight()).toList();
    }
  }

  /** The demo company's suite that this build carries. */
  public static InputStream demo() {
    return GoldenSuite.class.getResourceAsStream("/demo/golden.yaml");
  }

  /** The answerable questions that stand alone and ask about now. */
  public static List<String> answerable(InputStream suite) throws IOException {
    return new YAMLMapper()
        .readTree(suite)
        .path("questions")
        .valueStream()
        .filter(question -> strings(question.path("tags")).contains("answerable"))
        .filter(question -> !question.has("history") && !question.has("as_of"))
        .map(question -> question.path("question").asText())
        .toList();
  }

  /** Asks every question in a conversation of its own and prints how it goes. */
  public static Result run(ServerUnderTest server, InputStream suite, PrintStream out)
      throws IOException {
    var yaml = new YAMLMapper().readTree(suite);
    var questions = yaml.path("questions");
    var grades = new ArrayList<Grade>();
    var progress = new Progress(out, "golden", questions.size());
    for (var question : questions) {
      grades.add(grade(question, ask(server, question, yaml.path("today").asText())));
      progress.step();
    }
    return new Result(share(grades), byTag(grades), List.copyOf(grades));
  }

  private static JsonNode ask(ServerUnderTest server, JsonNode question, String today) {
    var asOf = question.path("as_of").asText(today);
    String conversation = null;
    for (var earlier : question.path("history")) {
      conversation =
          send(server, earlier.asText(), asOf, conversation).path("conversation_id").asText();
    }
    return send(server, question.path("question").asText(), asOf, conversation);
  }

  private static JsonNode send(
      ServerUnderTest server, String message, String asOf, String conversation) {
    var body = new HashMap<String, String>();
    body.put("message", message);
    body.put("as_of", asOf);
    if (conversation != null) {
      body.put("conversation_id", conversation);
    }
    return server.post("/api/v1/chat", body);
  }

  private static Grade grade(JsonNode question, JsonNode answer) {
    var expect = question.path("expect");
    var expected = expect.path("outcome").asText();
    var outcome = answer.path("outcome").asText();
    var tags = strings(question.path("tags"));
    var why = expected.equals(outcome) ? fault(expect, answer) : "outcome";
    return new Grade(
        question.path("id").asText(),
        tags,
        question.path("question").asText(),
        expected,
        outcome,
        answer.path("text").asText(),
        why);
  }

  private static String fault(JsonNode expect, JsonNode answer) {
    var said = new StringBuilder(answer.path("text").asText());
    var cited = new ArrayList<String>();
    for (var citation : answer.path("citations")) {
      said.append('\n').append(citation.path("quote").asText());
      cited.add(citation.path("document").asText());
    }
    for (var document : strings(expect.path("documents"))) {
      if (!cited.contains(document)) {
        return "does not cite " + document;
      }
    }
    for (var needed : strings(expect.path("contains"))) {
      if (said.indexOf(needed) < 0) {
        return "does not contain '%s'".formatted(needed);
      }
    }
    for (var wrong : strings(expect.path("absent"))) {
      if (said.indexOf(wrong) >= 0) {
        return "contains '%s'".formatted(wrong);
      }
    }
    return "";
  }

  private static Map<String, Share> byTag(List<Grade> grades) {
    var shares = new TreeMap<String, Share>();
    grades.stream()
        .flatMap(grade -> grade.tags().stream())
        .distinct()
        .forEach(tag ->
            shares.put(
                tag, share(grades.stream().filter(grade -> grade.tags().contains(tag)).toList())));
    return shares;
  }

  private static Share share(List<Grade> grades) {
    return new Share(grades.stream().filter(Grade::isRight).count(), grades.size());
  }

  private static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
