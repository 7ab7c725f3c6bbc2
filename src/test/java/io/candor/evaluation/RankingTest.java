package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The example of Manning, Raghavan and Schütze's exercises, worked by hand. */
class RankingTest {
  private static final double EXACT = 1e-9;

  /** Relevant at places 2, 4 and 5; a fourth relevant document is not found. */
  private static final Ranking RANKING =
      Ranking.of(List.of("x", "a", "y", "b", "c", "z"), Set.of("a", "b", "c", "d"));

  @Test
  void hitRecallAndPrecisionLookAtTheFirstPlaces() {
    assertEquals(0, RANKING.hit(1));
    assertEquals(1, RANKING.hit(2));
    assertEquals(0.25, RANKING.recall(3));
    assertEquals(0.75, RANKING.recall(5));
    assertEquals(0.6, RANKING.precision(5), EXACT);
    assertEquals(0.3, RANKING.precision(10), EXACT, "an empty place is not relevant");
  }

  @Test
  void theReciprocalRankIsThatOfTheFirstRelevantDocument() {
    assertEquals(0.5, RANKING.reciprocalRank());
    assertEquals(0, Ranking.of(List.of("x"), Set.of("a")).reciprocalRank());
  }

  @Test
  void averagePrecisionCountsWhatIsNotFound() {
    assertEquals((1 / 2.0 + 2 / 4.0 + 3 / 5.0) / 4, RANKING.averagePrecision(), EXACT);
  }

  @Test
  void ndcgIsOneForTheBestOrderAndDiscountsLaterPlaces() {
    assertEquals(1, Ranking.of(List.of("a", "b", "x"), Set.of("a", "b")).ndcg(5), EXACT);
    double gain = 1 / log2(3) + 1 / log2(5) + 1 / log2(6);
    double best = 1 + 1 / log2(3) + 1 / log2(4) + 1 / log2(5);
    assertEquals(gain / best, RANKING.ndcg(5), EXACT);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  @Test
  void aDocumentsLaterPassagesDoNotCountAgain() {
    var ranking = Ranking.of(List.of("a", "a", "x", "b"), Set.of("a", "b"));
    assertEquals(1, ranking.recall(3));
    assertEquals(2.0 / 3, ranking.precision(3), EXACT);
  }

  @Test
  void aQuestionWithoutRelevantDocumentsIsAMistake() {
    assertThrows(IllegalArgumentException.class, () -> Ranking.of(List.of("a"), Set.of()));
  }
}
