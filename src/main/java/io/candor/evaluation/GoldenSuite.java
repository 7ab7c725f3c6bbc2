package io.candor.evaluation;

import java.io.IOException;
import java.util.List;

/** The demo company's questions that this build carries, for suites and benchmarks. */
public final class GoldenSuite {
  static final String RESOURCE = "/demo/golden.yaml";

  private GoldenSuite() {}

  static Dataset data() {
    return new YamlDataset(() -> GoldenSuite.class.getResourceAsStream(RESOURCE));
  }

  /** The answerable questions that stand alone and ask about now. */
  public static List<String> answerable() throws IOException {
    var today = data().questions().findFirst().orElseThrow().asOf();
    return data()
        .questions()
        .filter(question -> question.tags().contains("answerable"))
        .filter(question -> question.history().isEmpty() && question.asOf().equals(today))
        .map(Question::text)
        .toList();
  }
}
