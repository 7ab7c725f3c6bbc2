package io.candor.tuning.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.candor.embedded.DemoCompany;
import io.candor.serving.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The demo company's own dataset, as the command makes it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoPairsTest {
  private static final int FEWEST = 1_500;
  private static final String ADAPTER = "/demo/adapter/";

  /** Above it, texts are near copies; unrelated questions of a few words reach .5. */
  private static final double COPY = 0.6;

  private Brand brand;
  private List<Exchange> exchanges;

  @TempDir Path folder;

  @BeforeAll
  void read() throws IOException {
    var company = DemoCompany.load();
    brand = new Brand(company.name(), company.voice(), company.abstain(), company.clarify());
    exchanges = Source.demo(7).read(brand);
  }

  @Test
  void itHasEnoughExamplesAndTheVerifierSupportsAllOfThem() throws IOException {
    var preparation =
        new Preparation(
            brand,
            RealTools.with((_, _) -> List.of()),
            new Preparation.Settings("en", Split.DEFAULT));
    var report = preparation.write(exchanges, folder, _ -> {});
    assertEquals(Map.of(), report.removed());
    assertEquals(Map.of(), report.dropped());
    assertTrue(report.trainExamples() + report.validationExamples() >= FEWEST);
    assertEquals(List.of(), report.warnings());
    var trainedOn = trained().path("dataset").path("sha256").asText();
    assertEquals(
        trainedOn, report.sha256(), "the demo's adapter is of another dataset: train it anew");
  }

  @Test
  void theDemosAdapterIsTheOneThatItsRunMade() throws Exception {
    var adapter = Path.of(getClass().getResource(ADAPTER + "adapter.gguf").toURI());
    assertEquals(trained().path("adapter_sha256").asText(), ModelIdentity.hash(adapter));
  }

  private JsonNode trained() throws IOException {
    try (var run = getClass().getResourceAsStream(ADAPTER + "run.json")) {
      return new ObjectMapper().readTree(run);
    }
  }

  @Test
  void itAbstainsAsksBackAndHasSeveralSentences() {
    assertTrue(count(e -> e.answer().equals(brand.abstain())) >= 100);
    assertTrue(count(e -> e.answer().equals(brand.clarify())) >= 40);
    assertTrue(count(e -> Marked.of(e.answer()).size() >= 3) >= 150);
    assertTrue(count(e -> e.facts().size() > Marked.of(e.answer()).size()) >= 300);
  }

  @Test
  void everyAnswerMarksEachSentenceWithAFactThatIsThere() {
    exchanges.stream()
        .filter(e -> !e.answer().equals(brand.abstain()) && !e.answer().equals(brand.clarify()))
        .forEach(e ->
            Marked.of(e.answer())
                .forEach(said -> {
                  assertTrue(!said.facts().isEmpty(), e::toString);
                  assertTrue(said.facts().stream().allMatch(n -> n >= 1 && n <= e.facts().size()));
                }));
  }

  @Test
  void nothingOfTheHeldOutSuiteIsInIt() throws IOException {
    var heldOut =
        heldOut().stream().collect(Collectors.toMap(h -> h, Duplicates::shingles, (a, _) -> a));
    var texts =
        exchanges.stream()
            .flatMap(e ->
                Stream.of(
                        Stream.of(e.question()),
                        e.facts().stream(),
                        Marked.of(e.answer()).stream().map(Marked::text))
                    .flatMap(each -> each))
            .distinct()
            .toList();
    var copies =
        texts.stream()
            .flatMap(text -> {
              var shingles = Duplicates.shingles(text);
              return heldOut.entrySet().stream()
                  .filter(held -> Duplicates.similarity(shingles, held.getValue()) >= COPY)
                  .map(held -> text + " | " + held.getKey());
            })
            .toList();
    assertEquals(List.of(), copies);
  }

  private static List<String> heldOut() throws IOException {
    try (var in = DemoPairsTest.class.getResourceAsStream("/demo/voice.yaml")) {
      return new YAMLMapper()
          .readTree(in)
          .path("questions")
          .valueStream()
          .flatMap(DemoPairsTest::texts)
          .toList();
    }
  }

  private static Stream<String> texts(JsonNode question) {
    var expected = question.path("expect");
    return Stream.of(
            Stream.of(question.path("question").asText()),
            expected.path("facts").valueStream().map(JsonNode::asText),
            Marked.of(expected.path("reference").asText()).stream().map(Marked::text))
        .flatMap(each -> each);
  }

  private long count(Predicate<Exchange> what) {
    return exchanges.stream().filter(what).count();
  }
}
