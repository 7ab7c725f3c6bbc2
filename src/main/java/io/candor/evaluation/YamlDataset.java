package io.candor.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/**
 * Questions in one YAML file, as {@code demo/golden.yaml}: for people to write. Without {@code
 * as_of} a question is asked as of the file's {@code today}.
 */
record YamlDataset(Source source) implements Dataset {
  /** Opens the file. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** The file of that name, without its ending, that comes with the demo company. */
  static YamlDataset ofDemo(String name) {
    return new YamlDataset(
        () -> YamlDataset.class.getResourceAsStream("/demo/%s.yaml".formatted(name)));
  }

  /** Questions that this build carries about documents that it does not. */
  static YamlDataset carried(String name) {
    return new YamlDataset(
        () -> YamlDataset.class.getResourceAsStream("/suites/questions/" + name + ".yaml"));
  }

  @Override
  public Stream<Question> questions() throws IOException {
    try (var in = source.open()) {
      var file = new YAMLMapper().readTree(in);
      var today = file.path("today").asText();
      return file.path("questions")
          .valueStream()
          .map(ObjectNode.class::cast)
          .map(question -> question.has("as_of") ? question : question.put("as_of", today))
          .map(Question::of);
    }
  }
}
