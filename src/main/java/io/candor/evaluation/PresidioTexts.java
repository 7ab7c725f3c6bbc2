package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts made from templates with invented personal data (presidio-research). */
record PresidioTexts(Path folder) implements Dataset {
  @Override
  public Stream<Question> questions() throws IOException {
    var texts = JsonData.tree(folder.resolve("synth_dataset_v2.json"));
    return IntStream.range(0, texts.size()).mapToObj(i -> text("text-" + i, texts.get(i)));
  }

  private static Question text(String id, JsonNode node) {
    var text = node.path("full_text").asText();
    var expect = ServerUnderTest.JSON.createObjectNode();
    var spans = expect.putArray("spans");
    for (var span : node.path("spans")) {
      // the data count in code points
      int start = text.offsetByCodePoints(0, span.path("start_position").asInt());
      int end = text.offsetByCodePoints(0, span.path("end_position").asInt());
      spans
          .addObject()
          .put("label", span.path("entity_type").asText())
          .put("start", start)
          .put("end", end);
    }
    return Question.of(id, "", text, expect);
  }
}
