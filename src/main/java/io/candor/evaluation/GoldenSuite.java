package io.candor.evaluation;

import java.io.IOException;
import java.util.List;

/** The demo company's questions that this build carries, for suites and benchmarks. */
public final class GoldenSuite {
  private GoldenSuite() {}

  /** The answerable questions that stand alone and ask about now. */
  public static List<String> answerable() throws IOException {
    var golden = YamlDataset.ofDemo("golden");
    var today = golden.questions().findFirst().orElseThrow().asOf();
    return golden
        .questions()
        .filter(question -> question.tags().contains("answerable"))
        .filter(question -> question.history().isEmpty() && question.asOf().equals(today))
        .map(Question::text)
        .toList();
  }
}
