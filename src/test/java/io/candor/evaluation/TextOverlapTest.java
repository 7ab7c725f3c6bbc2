package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Worked by hand; BLEU's as sacrebleu prints it for one sentence. */
class TextOverlapTest {
  private static final double EXACT = 1e-9;
  private static final TextOverlap CAT =
      new TextOverlap("The cat sat on the mat.", "The cat is on the mat.");

  @Test
  void rougeIsTheF1OfSharedWords() {
    assertEquals(5.0 / 6, CAT.rouge(1), EXACT);
    assertEquals(3.0 / 5, CAT.rouge(2), EXACT);
    assertEquals(2.0 * 2 / (2 + 4), new TextOverlap("on mat", "on the mat!  cat").rouge(1), EXACT);
  }

  @Test
  void rougeLIsTheF1OfTheLongestCommonSubsequence() {
    assertEquals(5.0 / 6, CAT.rougeL(), EXACT);
    assertEquals(0.5, new TextOverlap("b a", "a b").rougeL(), EXACT);
    assertEquals(0, new TextOverlap("yes", "no").rougeL());
  }

  @Test
  void bleuOfTheSameTextIsOneAndOfAnotherNothing() {
    assertEquals(
        1, new TextOverlap("We repair every tent.", "We repair every tent.").bleu(), EXACT);
    assertEquals(0, new TextOverlap("yes", "no").bleu());
  }

  @Test
  void bleuMultipliesThePrecisionsOfFourOrders() {
    // 6 of 7, 4 of 6, 2 of 5, 1 of 4, and no brevity penalty
    double expected = Math.pow(6.0 / 7 * 4 / 6 * 2 / 5 * 1 / 4, 0.25);
    assertEquals(expected, CAT.bleu(), EXACT);
  }

  @Test
  void aShortReplyIsPenalisedAndAMissingOrderSmoothed() {
    // 2 of 2, 1 of 1; the reference has 6 tokens
    assertEquals(
        Math.exp(1 - 6 / 2.0), new TextOverlap("the cat", "the cat is on a mat").bleu(), EXACT);
    // 2 of 3 words, no pair of 2 (half of one), no triple of 1 (a quarter of one)
    assertEquals(
        Math.cbrt(2.0 / 3 * 0.5 / 2 * 0.25 / 1), new TextOverlap("a x c", "a b c").bleu(), EXACT);
  }
}
