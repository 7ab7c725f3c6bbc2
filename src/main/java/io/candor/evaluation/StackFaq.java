package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Threads of web-applications questions (Karan and Šnajder 2018): each answer with its thread's
 * question is a document, each rephrasing a question that all answers of its thread are relevant
 * to.
 */
record StackFaq(Path folder) implements Dataset {
  @Override
  public Stream<SuiteDocument> documents() throws IOException {
    var threads = threads();
    return IntStream.range(0, threads.size()).boxed().flatMap(t -> answers(threads.get(t), t));
  }

  private static Stream<SuiteDocument> answers(JsonNode thread, int number) {
    var title = thread.path("question").asText();
    var answers = several(thread.path("answer"));
    return IntStream.range(0, answers.size())
        .mapToObj(a ->
            new SuiteDocument("", key(number, a), title, "faq", "text", answers.get(a).asText()));
  }

  @Override
  public Stream<Question> questions() throws IOException {
    var threads = threads();
    return IntStream.range(0, threads.size()).boxed().flatMap(t -> asked(threads.get(t), t));
  }

  private static Stream<Question> asked(JsonNode thread, int number) {
    int answers = several(thread.path("answer")).size();
    var relevant = IntStream.range(0, answers).mapToObj(a -> key(number, a)).toList();
    var rephrasings = several(thread.path("rephr"));
    return IntStream.range(0, rephrasings.size())
        .filter(r -> isQuestion(rephrasings.get(r)))
        .mapToObj(r ->
            Question.of(
                "thread-%d-%d".formatted(number, r),
                "",
                rephrasings.get(r).asText(),
                JsonData.documents(relevant)));
  }

  private static boolean isQuestion(JsonNode text) {
    return text.isTextual() && !text.asText().isBlank() && !text.asText().equals("*");
  }

  private List<JsonNode> threads() throws IOException {
    return several(
        JsonData.tree(folder.resolve("stackExchange-FAQ.json")).path("root").path("qapair"));
  }

  /** The data come from XML, where one of several is no list. */
  private static List<JsonNode> several(JsonNode node) {
    return node.isArray() ? new ArrayList<>(node.valueStream().toList()) : List.of(node);
  }

  private static String key(int thread, int answer) {
    return "thread-%d/%d".formatted(thread, answer);
  }
}
