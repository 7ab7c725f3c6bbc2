package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageCoverageTest {
  private final Hit prices = Evidences.hitOf("shipping-eu", "Zone 3 costs €15.30.");
  private final Hit zones = Evidences.hitOf("shipping-eu", "Zone 3 is Finland and Malta.");
  private final Hit ireland = Evidences.hitOf("shipping-ireland", "Delivery costs €4.90.");

  @Test
  void aPassageHasWhatItsPageHas() {
    var pages = coverage("How much is it to Finland?", List.of(ireland, prices, zones));

    assertEquals(1, pages.of(prices));
    assertEquals(0, pages.of(ireland));
  }

  @Test
  void aWordOfOnePageCountsForMoreThanOneOfAll() {
    var pages = coverage("What does Finland cost?", List.of(ireland, prices, zones));

    assertTrue(pages.of(ireland) < 0.5);
  }

  @Test
  void aQuestionThatNoPageHasAWordOfTellsNothing() {
    assertEquals(0, coverage("Kayaks?", List.of(ireland)).of(ireland));
  }

  private static PageCoverage coverage(String question, List<Hit> hits) {
    return new PageCoverage(Words.of(question), hits);
  }
}
