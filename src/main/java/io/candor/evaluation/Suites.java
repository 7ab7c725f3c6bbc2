package io.candor.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds suites: those that this build carries, by name, and others by the path of their YAML file.
 *
 * <p>To add one over data in the suites' own form, write a definition in {@code resources/suites},
 * name it in {@code index.txt} there, or keep both outside the build and name the file on the
 * command line. Data in another form need a {@link Dataset} that reads it, named in {@link
 * #dataset}; another way of asking or grading needs a {@link Suite}, named in {@link #suite}.
 */
public final class Suites {
  private static final String FOLDER = "/suites/";

  private Suites() {}

  /** Names of those that this build carries. */
  public static List<String> names() {
    try (var index = resource("index.txt")) {
      return new String(index.readAllBytes()).lines().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * The suite of that name or file; an IllegalArgumentException says what is missing.
   *
   * @param data the folder of the evaluation data; null where there is none
   */
  public static Suite find(String suite, Path data) throws IOException {
    if (names().contains(suite)) {
      try (var yaml = resource(suite + ".yaml")) {
        var definition = SuiteDefinition.read(yaml);
        return suite(definition, definition.demo() ? null : folder(definition, data));
      }
    }
    var file = Path.of(suite);
    if (!suite.endsWith(".yaml") || !Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "No suite is called %s: there are %s, and a definition's .yaml file."
              .formatted(suite, String.join(", ", names())));
    }
    try (var yaml = Files.newInputStream(file)) {
      var definition = SuiteDefinition.read(yaml);
      return suite(definition, folder(definition, file.toAbsolutePath().getParent()));
    }
  }

  private static Path folder(SuiteDefinition definition, Path data) {
    if (data == null || !Files.exists(data.resolve(definition.data()))) {
      throw new IllegalArgumentException(
          "The data of %s (%s) are not in this repository: name their parent folder with --data or CANDOR_EVAL_DATA."
              .formatted(definition.name(), definition.data()));
    }
    return data.resolve(definition.data());
  }

  private static Suite suite(SuiteDefinition definition, Path data) throws IOException {
    return switch (definition.kind()) {
      case RETRIEVAL -> new RetrievalSuite(definition, dataset(definition, data));
      case ABSTAINING -> new AbstainingSuite(definition, dataset(definition, data));
      case ANSWERS -> new AnswersSuite(definition, dataset(definition, data));
      case DIALOGUES -> new DialogueSuite(definition, dataset(definition, data));
      case CACHING -> new CachingSuite(definition, dataset(definition, data));
      case SCREENING -> new ScreeningSuite(definition, dataset(definition, data));
      case VOICE -> new VoiceSuite(definition, dataset(definition, data));
      case POLICY_STREAM -> new PolicyStreamSuite(definition, data);
    };
  }

  private static Dataset dataset(SuiteDefinition definition, Path data) {
    return switch (definition.format()) {
      case "jsonl" -> new JsonlDataset(data);
      case "yaml" ->
          definition.demo()
              ? YamlDataset.ofDemo(definition.data())
              : new YamlDataset(() -> Files.newInputStream(data));
      case "stackfaq" -> new StackFaq(data);
      case "policyqa" -> new PolicyQa(data);
      case "tau-banking" -> new TauBanking(data);
      case "bank-articles" -> new BankArticles(data);
      case "abcd-guidelines" -> new AbcdGuidelines(data);
      case "clinc150" -> new Clinc150(data);
      case "banking77" -> new Banking77(data);
      case "dstc11" -> new DstcTrack5(data);
      case "multidogo" -> new MultiDogo(data);
      case "pii-presidio" -> new PresidioTexts(data);
      case "injection" -> new InjectionTexts(data);
      default ->
          throw new IllegalArgumentException(
              "No data set has the format '%s'.".formatted(definition.format()));
    };
  }

  /** What a report's suite computes, without its data. */
  static List<Figure> figures(SuiteDefinition definition) {
    return switch (definition.kind()) {
      case RETRIEVAL -> RetrievalSuite.figures(definition);
      case ABSTAINING -> AbstainingSuite.FIGURES;
      case ANSWERS -> AnswersSuite.FIGURES;
      case DIALOGUES -> DialogueSuite.figures(definition);
      case CACHING -> CachingSuite.FIGURES;
      case SCREENING -> ScreeningSuite.figures(definition);
      case VOICE -> VoiceSuite.FIGURES;
      case POLICY_STREAM -> PolicyStreamSuite.FIGURES;
    };
  }

  private static InputStream resource(String name) {
    return Suites.class.getResourceAsStream(FOLDER + name);
  }
}
