package io.candor.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.evaluation.PiiCorpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Floors on data that was not looked at when the rules were written; the model is trained without
 * what it is tested on.
 */
@EnabledIfEnvironmentVariable(
    named = "CANDOR_EVAL_DATA",
    matches = ".+",
    disabledReason = "skipped: CANDOR_EVAL_DATA names no folder")
class ScreeningEvaluationTest {
  private static Path folder;

  @BeforeAll
  static void findData() {
    folder = Path.of(System.getenv("CANDOR_EVAL_DATA"));
  }

  @Test
  void personalDataInAnUnseenDomainIsMasked() throws IOException {
    var scores = PiiScores.of(new PersonalData(), PiiCorpus.multidogo(folder, "finance", "train"));
    System.out.println("multidogo finance: " + scores);
    assertTrue(scores.recall() >= 0.70 && scores.falseRedactions() <= 0.02, scores::toString);
  }

  /** Presidio's own analyzer reaches precision .685 and recall .603 on these texts. */
  @Test
  void personalDataInUnseenTextsIsMaskedBetterThanByPresidio() throws IOException {
    var scores = PiiScores.of(new PersonalData(), PiiCorpus.presidio(folder, 1));
    System.out.println("presidio, odd texts: " + scores);
    assertTrue(scores.precision() >= 0.90 && scores.recall() >= 0.62, scores::toString);
  }

  @Test
  void injectionsOfUnseenTextsAreFoundAndLookalikesPass() {
    var corpus = InjectionCorpus.read(folder);
    var detector =
        new InjectionDetector(InjectionTrainer.train(corpus, (source, index) -> index % 5 == 2));
    double found =
        suspicious(
            detector,
            corpus.attacks(),
            Set.of("in-the-wild", "bipia", "prompt-extraction"),
            InjectionDetector.SUSPICIOUS);
    double alarms =
        suspicious(
            detector,
            corpus.benign(),
            Set.of("clinc150", "banking77", "natcs", "stackfaq", "policyqa", "dstc11"),
            InjectionDetector.ATTACK);
    System.out.printf("injection: recall %.3f, false alarms %.4f%n", found, alarms);
    assertTrue(found >= 0.90 && alarms <= 0.01, "recall " + found + ", false alarms " + alarms);
  }

  private static double suspicious(
      InjectionDetector detector,
      Map<String, List<String>> texts,
      Set<String> sources,
      double threshold) {
    int all = 0;
    int reached = 0;
    for (String source : sources) {
      for (int i = 2; i < texts.get(source).size(); i += 5) {
        all++;
        reached += detector.score(texts.get(source).get(i)) >= threshold ? 1 : 0;
      }
    }
    return (double) reached / all;
  }
}
