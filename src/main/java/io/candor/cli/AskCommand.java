package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ask",
    description = "Asks a question; prints answer, citations and timings.",
    mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
  @Parameters(paramLabel = "QUESTION", description = "what a customer would ask")
  private String question;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "answer as of that instant, such as 2026-05-10T00:00:00Z (default: now)")
  private String asOf;

  private final PrintStream out = System.out;
  private boolean finished;

  @Override
  public Integer call() throws Exception {
    ObjectNode body = DocumentFile.JSON.createObjectNode().put("message", question);
    if (asOf != null) {
      body.put("as_of", asOf);
    }
    try (CandorClient client = new CandorClient(ClientSettings.find())) {
      client.ask(body, this::show);
    }
    if (!finished) {
      throw new CommandFailure("The server ended the answer early: see its log.");
    }
    return 0;
  }

  private void show(String event, JsonNode data) {
    switch (event) {
      case "sentence" -> out.println(withMarkers(data));
      case "final" -> showFinal(data);
      case "error" -> throw new CandorClient.Refusal(data.path("detail").asText(data.toString()));
      default -> {
        // accepted, status and what later servers add say nothing on a terminal
      }
    }
  }

  private static String withMarkers(JsonNode sentence) {
    StringBuilder text = new StringBuilder(sentence.path("text").asText());
    for (JsonNode n : sentence.path("citations")) {
      String marker = "[" + n.asText() + "]";
      if (text.indexOf(marker) < 0) {
        text.append(' ').append(marker);
      }
    }
    return text.toString();
  }

  private void showFinal(JsonNode answer) {
    finished = true;
    if (answer.path("sentences").isEmpty()) {
      out.println(answer.path("text").asText());
    }
    for (JsonNode citation : answer.path("citations")) {
      out.printf(
          "%n[%s] %s, version %s, in force since %s%n    \"%s\"%n",
          citation.path("n").asText(),
          citation.path("title").asText(),
          citation.path("version").asText(),
          citation.path("valid_from").asText(),
          citation.path("quote").asText());
    }
    JsonNode timings = answer.path("timings");
    JsonNode knowledge = answer.path("knowledge");
    out.printf(
        "%n%s: first sentence %s ms, total %s ms; knowledge %s, %s ms behind%n",
        answer.path("outcome").asText(),
        timings.path("first_sentence_ms").asText("-"),
        timings.path("total_ms").asText("-"),
        knowledge.path("token").asText("-"),
        knowledge.path("lag_ms").asText("-"));
  }
}
