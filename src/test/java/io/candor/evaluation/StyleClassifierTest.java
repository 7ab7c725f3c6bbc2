package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StyleClassifierTest {
  private static final List<String> BRAND =
      List.of("You have 60 days.", "We mend it first.", "You get it back from us.");
  private static final List<String> PLAIN =
      List.of(
          "Customers may return items within 60 days.",
          "Items are repaired first.",
          "The item is returned to customers.");

  @Test
  void theWordsOfAVoiceAreLearntAndTheNumbersAreNot() {
    var classifier = new StyleClassifier(BRAND, PLAIN);

    assertTrue(classifier.probability("You have 5 kettles, and we mend them.") > 0.7);
    assertTrue(classifier.probability("Customers may return the kettles.") < 0.3);
    assertEquals(classifier.probability("It is 17."), classifier.probability("It is 42."));
  }

  @Test
  void wordsNeverSeenTellNothing() {
    double unknown = new StyleClassifier(BRAND, PLAIN).probability("Quokkas giggle");
    assertEquals(0.5, unknown, 0.1);
  }

  @Test
  void theSameExamplesMakeTheSameClassifier() {
    assertEquals(
        new StyleClassifier(BRAND, PLAIN).probability("We have items."),
        new StyleClassifier(BRAND, PLAIN).probability("We have items."));
  }

  @Test
  void aReplyIsTakenApartAtItsMarkers() {
    assertEquals(
        List.of(
            new MarkedReply.Sentence("For 7 days. Then it goes.", List.of(1, 2)),
            new MarkedReply.Sentence("We wait.", List.of(3)),
            new MarkedReply.Sentence("No marker", List.of())),
        MarkedReply.of("For 7 days. Then it goes. [1] [2] We wait. [3] No marker").sentences());
  }
}
