package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public data sets are read as their folders describe them, and some are asked for real. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
@EnabledIfEnvironmentVariable(
    named = "CANDOR_EVAL_DATA",
    matches = ".+",
    disabledReason = "skipped: CANDOR_EVAL_DATA names no folder")
class PublicDataTest {
  private static final Set<String> SMALL_SITES =
      Set.of("dogbreedinfo.com", "naturalnews.com", "cbsinteractive.com");

  private static Path data;

  @TempDir private Path folder;

  @BeforeAll
  static void findData() {
    data = Path.of(System.getenv("CANDOR_EVAL_DATA"));
  }

  @ParameterizedTest
  @CsvSource({
    "stackfaq, 1249",
    "tau-banking, 97",
    "dstc11, 4173",
    "clinc150, 5500",
    "banking77, 10003",
    "pii-presidio, 1500",
    "policy-stream, 995"
  })
  void aSuiteHasTheQuestionsThatItsReadmeCountsEachOnce(String name, int questions)
      throws IOException {
    var ids = new HashSet<String>();
    try (var all = Suites.find(name, data).questions()) {
      assertTrue(all.allMatch(question -> ids.add(question.id())), "an id comes twice");
    }
    assertEquals(questions, ids.size());
  }

  @ParameterizedTest
  @CsvSource({"policyqa", "multidogo", "injection"})
  void everyQuestionHasItsOwnId(String name) throws IOException {
    var ids = new HashSet<String>();
    try (var all = Suites.find(name, data).questions()) {
      assertTrue(all.allMatch(question -> ids.add(question.id())), "an id comes twice");
    }
    assertTrue(ids.size() > 100);
  }

  @Test
  void everyRelevantDocumentIsLoaded() throws IOException {
    for (var set :
        new Dataset[] {
          new StackFaq(data.resolve("stackfaq")),
          new DstcTrack5(data.resolve("dstc11-track5-val")),
          new TauBanking(data.resolve("tau-banking-knowledge")),
          new PolicyQa(data.resolve("policyqa"))
        }) {
      var keys = new HashSet<String>();
      try (var documents = set.documents();
          var questions = set.questions()) {
        documents.forEach(document -> keys.add(document.key()));
        assertTrue(
            questions.allMatch(q -> keys.containsAll(q.expected("documents"))), set::toString);
      }
    }
  }

  @Test
  void websitesAsTenantsSeeNoneOfTheOthersPolicies() throws IOException {
    var sites = new PolicyQa(data.resolve("policyqa"));
    var few =
        new Dataset() {
          @Override
          public Stream<SuiteDocument> documents() throws IOException {
            return sites.documents().filter(document -> SMALL_SITES.contains(document.tenant()));
          }

          @Override
          public Stream<Question> questions() throws IOException {
            return sites.questions().filter(question -> SMALL_SITES.contains(question.tenant()));
          }
        };
    var suite = new RetrievalSuite(Suites.find("policyqa", data).definition(), few);
    var report = run(suite);
    assertEquals(0, report.figure("foreign results"));
    assertTrue(report.figure("hit@5") > 0.5, "hit@5 " + report.figure("hit@5"));
  }

  @Test
  void noQuestionIsTakenForOneOfAnotherIntent() throws IOException {
    var report = run(Suites.find("banking77", data), 0);
    assertEquals(0, report.figure("other intents' answers"));
    assertTrue(report.figure("repeats") > 0);
  }

  @ParameterizedTest
  @CsvSource({
    "multidogo, span recall, 0.6",
    "pii-presidio, word recall, 0.5",
    "injection, attacks noticed, 0.8"
  })
  void someTextsAreScreened(String name, String figure, double least) throws IOException {
    var report = run(Suites.find(name, data));
    assertTrue(report.figure(figure) >= least, figure + " " + report.figure(figure));
  }

  private SuiteReport run(Suite suite) throws IOException {
    return run(suite, 150);
  }

  private SuiteReport run(Suite suite, int limit) throws IOException {
    var out = new PrintStream(new ByteArrayOutputStream());
    try (var tenants = new TestTenants()) {
      return new Evaluation(folder, new Sample(limit, java.util.List.of()), out)
          .run(suite, tenants);
    }
  }
}
