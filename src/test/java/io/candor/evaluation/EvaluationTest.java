package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small suites in the suites' own form, against the real server. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class EvaluationTest {
  private static final Path SUITES = Path.of("src/test/resources/suites");

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private PrintStream out;

  @BeforeEach
  void capture() {
    out = new PrintStream(printed, true);
  }

  @Test
  void documentsGoIntoTheirTenantsAndAreFoundThereAlone() throws IOException {
    var report = run("tent-shop", Sample.ALL);

    assertEquals(4, report.questions());
    assertEquals(1, report.figure("hit@1"));
    assertEquals(0, report.figure("foreign results"));
    assertEquals((1 + 1 + 1 + 0.5) / 4, report.figure("recall@5"));
    assertEquals(2, report.tags().get("returns").questions());
    assertTrue(report.latency().containsKey("search"));
    assertTrue(printed.toString().contains("left out: north/empty"), printed::toString);
    var met = report.figures().stream().filter(f -> f.name().equals("foreign results")).findAny();
    assertEquals("met: at most 0.0", report.target(met.orElseThrow()));
  }

  @Test
  void answersAreGradedByWhatTheyHoldAndCite() throws IOException {
    var report = run("stove-shop", Sample.ALL);

    assertEquals(2.0 / 3, report.figure("right"));
    assertEquals(1, report.figure("right outcome"));
    assertEquals(1, report.figure("abstain recall"));
    assertEquals(1, report.figure("abstain precision"));
    assertEquals(1, report.figure("citation recall"));
    assertEquals(1, report.figure("faithfulness"));
    assertTrue(report.figure("answer relevance") > 0.5);
    assertTrue(report.figure("rouge-l") > 0.3);
    var wrong = report.worst().getFirst();
    assertEquals("does not contain '25 years'", wrong.fault());
    assertTrue(wrong.passages().getFirst().text().contains("5 years"));
  }

  @Test
  void whatIsOutOfScopeHasLessConfidence() throws IOException {
    var report = run("intents", Sample.ALL);

    assertEquals(1, report.figure("out-of-scope recall"));
    assertEquals(1, report.figure("in-scope accuracy"));
    assertEquals(0, report.figure("aurc"), 0.3);
    assertEquals(1, report.riskCoverage().getLast().coverage());
    assertEquals(0.5, report.riskCoverage().getLast().risk());
  }

  @Test
  void maskingIsCountedBySpanAndByWordAndAttacksByVerdict() throws IOException {
    var report = run("words", Sample.ALL);

    assertEquals(0.5, report.figure("span recall"));
    assertEquals(1, report.figure("recall of email"));
    assertEquals(1, report.figure("word precision"));
    assertEquals(0.5, report.figure("word recall"));
    assertEquals(0, report.figure("false redactions"));
    assertEquals(1, report.figure("attacks noticed"));
    assertEquals(0, report.figure("false alarms"));
    assertEquals("1 of 1 spans are not masked", report.worst().getFirst().fault());
  }

  @Test
  void questionsInTheSameWordsAreRepeatsAndNoneOfAnotherIntentIs() throws IOException {
    var report = run("repeats", Sample.ALL);

    assertEquals(2.0 / 5, report.figure("repeats"));
    assertEquals(1, report.figure("other intents' answers"));
    assertEquals("is taken for opening: Are you open?", report.worst().getFirst().fault());
  }

  @Test
  void dialoguesAreGradedByDetectionSelectionAndWords() throws IOException {
    var report = run("lodge-talk", Sample.ALL);

    assertEquals(1, report.figure("detection recall"));
    assertEquals(1, report.figure("detection precision"));
    assertEquals(1, report.figure("selection f1"));
    assertEquals(1, report.figure("exact selection"));
    assertTrue(report.figure("rouge-l") > 0.5);
    assertEquals(1, report.figure("hit@1"));
  }

  @Test
  void repliesAreGradedByTheirStyleAndTheirFacts() throws IOException {
    var report = run("kettle-voice", Sample.ALL);

    assertEquals(5, report.questions());
    assertTrue(report.figure("style of references") > report.figure("style of plain replies"));
    assertTrue(report.figure("perplexity of references") > 1);
    assertTrue(report.figure("faithfulness") >= 0);
    assertTrue(report.figure("bleu") >= 0);
  }

  @Test
  void aStoppedRunGoesOnWithoutLoadingOrAskingAgain() throws IOException {
    var suite = Suites.find(SUITES.resolve("tent-shop.yaml").toString(), null);
    var file = folder.resolve("tent-shop.jsonl");
    try (var tenants = new TestTenants()) {
      new Evaluation(folder, new Sample(2, List.of()), out).run(suite, tenants);
      var before = Files.readAllLines(file);
      assertEquals(2, before.size());

      printed.reset();

      var report = new Evaluation(folder, Sample.ALL, out).run(suite, tenants);

      assertFalse(printed.toString().contains("documents"), printed::toString);
      assertEquals(4, report.questions());
      assertEquals(before, Files.readAllLines(file).subList(0, 2));
    }
  }

  @Test
  void aLimitTakesQuestionsEvenlyAndATagThoseThatHaveIt() throws IOException {
    var suite = Suites.find(SUITES.resolve("tent-shop.yaml").toString(), null);
    assertEquals(List.of("north-2", "south-2"), ids(new Sample(2, List.of()), suite));
    assertEquals(List.of("north-1", "south-1"), ids(new Sample(0, List.of("returns")), suite));
  }

  @Test
  void aReportIsReadAsItWasWritten() throws IOException {
    var report =
        new Report("run", "label", java.time.Instant.EPOCH, List.of(run("tent-shop", Sample.ALL)));
    var file = folder.resolve("report.json");
    report.write(file);
    assertEquals(report, Report.read(file));
  }

  private SuiteReport run(String name, Sample sample) throws IOException {
    var suite = Suites.find(SUITES.resolve(name + ".yaml").toString(), null);
    try (var tenants = new TestTenants()) {
      return new Evaluation(folder, sample, out).run(suite, tenants);
    }
  }

  private static List<String> ids(Sample sample, Suite suite) throws IOException {
    try (var questions = sample.of(suite)) {
      return questions.map(Question::id).toList();
    }
  }
}
