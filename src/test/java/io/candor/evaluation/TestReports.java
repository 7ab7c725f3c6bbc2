package io.candor.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Reports of runs that were never run, for what is computed from reports alone. */
final class TestReports {
  private TestReports() {}

  /** A retrieval run over so many questions, each with that hit@1 and a passage in mark-up. */
  static Report hits(String label, int questions, IntToDoubleFunction hit) throws IOException {
    var file = Files.createTempFile("hits", ".jsonl");
    try (var work = WorkFile.open(file)) {
      for (int i = 0; i < questions; i++) {
        var question = Question.of("q" + i, "", "Is <b>" + i + "</b> right?", Question.nothing());
        var right = hit.applyAsDouble(i);
        work.add(
            new ResultDraft(question)
                .score("hit@1", right)
                .score("foreign results", label.equals("leaky") && i == 0)
                .score("confidence", (i + 0.5) / questions)
                .score("correct", right)
                .took("search", 10 + i)
                .done(
                    "an <i>answer</i>",
                    label + " says " + i,
                    List.of(Result.passage("key", "Title", "<script>alert(1)</script>", true)),
                    right > 0 ? "" : "wrong"));
      }
    }
    return report(label, file);
  }

  private static Report report(String label, Path file) throws IOException {
    try {
      var yaml =
          """
          name: hits
          title: Hits & misses
          kind: %s
          headline: hit@1
          figures: [hit@1, foreign results, aurc]
          targets: {hit@1: 0.5, foreign results: 0}
          published: [{system: "A <rival>", figure: hit@1, value: 0.4, source: a paper}]
          """
              .formatted("retrieval");
      var definition = SuiteDefinition.read(new java.io.ByteArrayInputStream(yaml.getBytes()));
      return new Report("run", label, Instant.EPOCH, List.of(SuiteReport.of(definition, file)));
    } finally {
      Files.delete(file);
    }
  }
}
