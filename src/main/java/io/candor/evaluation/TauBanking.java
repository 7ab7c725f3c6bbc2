package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A bank's articles and the support tasks that need them (τ²-bench): the customer's situation is
 * the query, the task's required documents are relevant.
 */
record TauBanking(Path folder) implements Dataset {
  /** Situations end in directions to whoever plays the customer; their beginning tells the need. */
  private static final int QUERY_CHARACTERS = 1500;

  @Override
  public Stream<SuiteDocument> documents() throws IOException {
    return JsonData.stream(folder.resolve("documents.jsonl"))
        .map(article ->
            new SuiteDocument(
                "",
                article.path("id").asText(),
                article.path("title").asText(),
                "policy",
                "markdown",
                article.path("content").asText()));
  }

  @Override
  public Stream<Question> questions() throws IOException {
    return JsonData.stream(folder.resolve("tasks.jsonl"))
        .map(task ->
            Question.of(
                task.path("id").asText(),
                "",
                situation(task),
                JsonData.documents(Question.strings(task.path("required_documents")))));
  }

  private static String situation(JsonNode task) {
    var instructions = task.path("user_scenario").path("instructions");
    var text = instructions.isTextual() ? instructions.asText() : instructions.toString();
    return text.substring(0, Math.min(QUERY_CHARACTERS, text.length()));
  }
}
