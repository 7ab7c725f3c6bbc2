package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "feedback",
    description = "Reviews what people think of answers; only what is approved is learnt from.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class FeedbackCommand {
  private static final String FEEDBACK = "/api/v1/feedback";

  @Command(
      name = "list",
      description = "Lists feedback, the oldest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--state",
              defaultValue = "open",
              description = "open, approved or rejected (default: ${DEFAULT-VALUE})")
          String state)
      throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var feedback =
          client.get(FEEDBACK + "?state=" + CandorClient.encoded(state)).path("feedback");
      feedback.forEach(FeedbackCommand::print);
      if (feedback.isEmpty()) {
        System.out.printf(
            "No feedback is %s. It comes from the widget's thumbs and POST /api/v1/answers/{id}/feedback.%n",
            state);
      }
    }
    return 0;
  }

  @Command(
      name = "approve",
      description = {
        "Lets the model learn a correction, or an answer that was praised.",
        "Refused where it says more than the facts that the model was given."
      },
      mixinStandardHelpOptions = true)
  int approve(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--correction", paramLabel = "TEXT", description = "say it like this")
          String correction,
      @Option(names = "--force", description = "even what the facts do not support") boolean force)
      throws Exception {
    var body = DocumentFile.JSON.createObjectNode().put("decision", "approved");
    body.put("force", force).put("correction", correction);
    return review(id, body);
  }

  @Command(
      name = "reject",
      description = "Puts feedback away; nothing is learnt from it.",
      mixinStandardHelpOptions = true)
  int reject(@Parameters(paramLabel = "ID") String id) throws Exception {
    return review(id, DocumentFile.JSON.createObjectNode().put("decision", "rejected"));
  }

  @Command(
      name = "export",
      description = "Writes what was approved as a dataset, an example a line.",
      mixinStandardHelpOptions = true)
  int export(@Parameters(paramLabel = "FILE") Path file) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var lines = client.text(FEEDBACK + "/export");
      Files.writeString(file, lines);
      System.out.printf("%d examples written to %s%n", lines.lines().count(), file);
    }
    return 0;
  }

  private static int review(String id, JsonNode body) throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      print(client.send("POST", FEEDBACK + "/" + CandorClient.encoded(id) + "/review", body));
    }
    return 0;
  }

  private static void print(JsonNode feedback) {
    System.out.printf(
        "%s  %s  %s%n",
        feedback.path("id").asText(),
        feedback.path("rating").asText(),
        feedback.path("state").asText());
    for (var field : new String[] {"question", "answer", "comment", "correction", "approved"}) {
      if (feedback.has(field)) {
        System.out.printf("  %-10s  %s%n", field, feedback.path(field).asText());
      }
    }
  }
}
