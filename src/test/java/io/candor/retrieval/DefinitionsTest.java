package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest {
  private static final String ZONES =
      """
      - **Zone 1:** Belgium, France, Germany.
      - **Zone 2:** Austria, Denmark, Spain and Sweden.
      """;
  private static final String ISLANDS =
      "This covers all islands without a bridge, such as the Aran Islands, Arranmore and Tory.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          How much is a parcel to Spain?       | Zone 2
          parcel to germany                    | Zone 1
          How much is delivery to Tory?        | Irish islands
          How much is delivery to Lithuania?   | none
          Does Zone 2 include Spain?           | none
          What is a bridge?                    | none
          """)
  void aNameIsCalledAsTheListSaysThatNamesIt(String question, String term) {
    var hits =
        List.of(
            Evidences.hit("shipping", "Delivery > Prices", ZONES),
            Evidences.hit("islands", "Delivery > Irish islands", ISLANDS));

    assertEquals(Optional.ofNullable(term), Definitions.of(question, hits));
  }
}
