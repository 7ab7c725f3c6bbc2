package io.candor.evaluation;

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
import java.util.stream.StreamSupport;

/**
 * Questions with what a right answer holds: its outcome, documents that it must cite, strings that
 * must or must not appear in its text or its quotes. The demo company's are in {@code
 * demo/golden.yaml}, whose header says what each field means.
 */
public final class GoldenSuite {
  private GoldenSuite() {}

  /** One question's grade; why is empty where it was answered right. */
  public record Grade(String id, List<String> tags, String expected, String outcome, String why) {
    boolean right() {
      return why.isEmpty();
    }
  }

  /** All grades, and the share of each tag that was right. */
  public record Result(List<Grade> grades, Map<String, String> byTag) {}

  /** Asks every question in a conversation of its own and prints how it goes. */
  public static Result run(ServerUnderTest server, InputStream suite, PrintStream out)
      throws IOException {
    var yaml = new YAMLMapper().readTree(suite);
    var questions = yaml.path("questions");
    var grades = new ArrayList<Grade>();
    for (var question : questions) {
      grades.add(grade(question, ask(server, question, yaml.path("today").asText())));
      if (grades.size() % 25 == 0 || grades.size() == questions.size()) {
        var right = grades.stream().filter(Grade::right).count();
        out.printf("golden %d/%d, %d right%n", grades.size(), questions.size(), right);
      }
    }
    return new Result(List.copyOf(grades), byTag(grades));
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
    return new Grade(question.path("id").asText(), tags, expected, outcome, why);
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

  private static Map<String, String> byTag(List<Grade> grades) {
    var shares = new TreeMap<String, String>();
    grades.stream()
        .flatMap(grade -> grade.tags().stream())
        .distinct()
        .forEach(
            tag -> {
              var tagged = grades.stream().filter(grade -> grade.tags().contains(tag)).toList();
              var right = tagged.stream().filter(Grade::right).count();
              shares.put(tag, "%d of %d".formatted(right, tagged.size()));
            });
    return shares;
  }

  private static List<String> strings(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
