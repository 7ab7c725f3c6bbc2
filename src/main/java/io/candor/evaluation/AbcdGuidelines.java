package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A clothes shop's guidelines for its agents (ABCD, Action-Based Conversations Dataset), a document
 * for each case, and questions about them that this build carries.
 */
record AbcdGuidelines(Path folder) implements Dataset {
  @Override
  public Stream<SuiteDocument> documents() throws IOException {
    var flows = ServerUnderTest.JSON.readTree(folder.resolve("guidelines.json").toFile());
    return flows
        .propertyStream()
        .flatMap(flow ->
            flow.getValue()
                .path("subflows")
                .propertyStream()
                .map(subflow -> document(flow.getKey(), subflow.getKey(), subflow.getValue())));
  }

  @Override
  public Stream<Question> questions() throws IOException {
    return YamlDataset.carried("retailer").questions();
  }

  private static SuiteDocument document(String flow, String subflow, JsonNode guideline) {
    var text = new StringBuilder();
    guideline.path("instructions").forEach(line -> text.append(line.asText()).append("\n\n"));
    for (var action : guideline.path("actions")) {
      text.append(action.path("text").asText()).append("\n\n");
      action.path("subtext").forEach(line -> text.append(item(line.asText())));
      text.append('\n');
    }
    var title = flow + ": " + subflow;
    var key = name(flow) + "/" + name(subflow);
    return new SuiteDocument("", key, title, "policy", "markdown", text.toString());
  }

  /** "Gold members: > Gold members get unlimited returns" has its parts in lines of its own. */
  private static String item(String line) {
    return "- " + line.replace(": > ", ": ").replace(" > ", " ").strip() + "\n";
  }

  private static String name(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
