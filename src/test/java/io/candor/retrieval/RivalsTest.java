package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RivalsTest {
  private static final Evidence HEADER = Evidences.of("| Category | Warranty |", 1);

  private static Evidence row(String cells, double score) {
    return Evidences.of("warranty", cells, score, Optional.of(HEADER));
  }

  private static List<String> rivals(String question, String about, Evidence... evidence) {
    return Rivals.of(question, List.of(about.split(" ")), Arrays.asList(evidence));
  }

  @Test
  void rowsThatAnswerAlikeAreNamedByTheirFirstCell() {
    assertEquals(
        List.of("Furniture", "Clothing", "Rugs"),
        rivals(
            "How long is the warranty?",
            "warranty",
            row("| Furniture | 6 years |", 2.5),
            row("| Clothing | 3 years |", 2.48),
            row("| Rugs | 2 years |", 2.45)));
  }

  @Test
  void aRowThatTheQuestionNamesHasNone() {
    assertEquals(
        List.of(),
        rivals(
            "How long is the warranty on furniture?",
            "warranty furniture",
            row("| Furniture | 6 years |", 2.5),
            row("| Clothing | 3 years |", 2.48),
            row("| Rugs | 2 years |", 2.45)));
  }

  @Test
  void theSameAnswerTwiceIsOne() {
    assertEquals(
        List.of(),
        rivals(
            "How long is it valid?",
            "valid",
            Evidences.of("a", "A gift card is valid for 5 years.", 2.5, Optional.empty()),
            Evidences.of("b", "Our cards are valid for 5 years.", 2.5, Optional.empty())));
  }
}
