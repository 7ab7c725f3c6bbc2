package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.serving.BgeEmbeddingModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnswerabilityTest {
  private static final String SHOP = "Shops";
  private static final Map<String, String> TEXTS =
      Map.of(
          "Dogs", "Dogs are welcome in all shops except Galway.",
          "Opening hours", "The Dublin shop is open from 10:00 to 20:00 on weekdays.",
          "Access", "All four shops have a step-free entrance and wide aisles.");

  private static BgeEmbeddingModel model;
  private static Answerability answerability;
  private static Passages passages;

  @BeforeAll
  static void load() {
    model = new BgeEmbeddingModel();
    answerability = new Answerability(new SentenceVectors(model));
    passages =
        new Passages(
            TEXTS.entrySet().stream()
                .map(e -> new Passages.Passage(SHOP, e.getKey(), e.getValue(), e.getKey(), model))
                .toList());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Answerability.Features features(String question) {
    var hits = hits(question);
    return answerability.features(question, hits, evidence(hits));
  }

  private static double probability(String question) {
    var hits = hits(question);
    return answerability.probability(question, hits, evidence(hits));
  }

  private static List<Hit> hits(String question) {
    return passages.best(question, model.embedQuery(question).vector()).stream()
        .map(Passages.Passage::hit)
        .toList();
  }

  private static List<Evidence> evidence(List<Hit> hits) {
    return hits.stream().flatMap(hit -> Statements.in(hit).stream()).toList();
  }

  @Test
  void aQuestionThatIsAnsweredIsMoreProbableThanOneBesideIt() {
    double answered = probability("When is the Dublin shop open on weekdays?");

    assertTrue(answered > probability("Which architect designed the Dublin shop?"));
    assertTrue(answered > probability("Who won the football match?"));
  }

  @Test
  void anAnswerOfTheKindAskedForIsTold() {
    assertEquals(1, features("When is the Dublin shop open?").kind());
    assertEquals(0, features("How much does a dog cost in the shops?").kind());
  }

  @Test
  void likenessByTheSubjectsNameAloneIsTold() {
    assertEquals(0, features("Are dogs welcome?").subject());
    assertTrue(
        features("Who designed the shops?").subject()
            > features("Are dogs welcome in the shops?").subject());
  }

  @Test
  void aWordIsRareByItsPlaceAmongAllWords() {
    var english = EnglishWords.shipped();
    assertTrue(english.rarity("the") < english.rarity("Shop"));
    assertTrue(english.rarity("shop") < english.rarity("linoleum"));
    assertEquals(1, english.rarity("Kilbrannoch"));
  }
}
