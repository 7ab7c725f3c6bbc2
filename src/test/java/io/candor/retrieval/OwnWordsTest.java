package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          The **return window** is 60 days.               ¦ The return window is 60 days.
          - bedding, once the seal is broken;             ¦ bedding, once the seal is broken;
          3. Print the [label](https://shop.example/l).   ¦ Print the label.
          Otherwise the [returns](returns) page applies.  ¦ Otherwise the returns page applies.
          <p>Free from <b>€60</b>.</p>                    ¦ Free from €60 .
          We ship 5 * 3 boxes at < 30 kg and > 2 kg.      ¦ We ship 5 * 3 boxes at < 30 kg and > 2 kg.
          ## How long you have                            ¦ How long you have
          """)
  void aQuoteIsShownWithoutItsMarks(String quote, String shown) {
    assertEquals(shown, OwnWords.plain(quote));
  }

  @Test
  void aRowIsReadUnderItsHeader() {
    var header = Evidences.of("| Zone | Standard | Express |", 1, Optional.empty());
    var row = Evidences.of("| 2 | **€4.90** | |", 1, Optional.of(header));
    assertEquals("Zone: 2; Standard: €4.90", OwnWords.of(row));
    assertEquals("Zone 2 — Standard: €4.90", OwnWords.shown(row));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          | Category | Warranty |       ¦ | Tents | 5 years |      ¦ Tents — Warranty: 5 years
          | Zone | To 2 kg | To 5 kg |  ¦ | Zone 1 | €9 | €12 |    ¦ Zone 1 — To 2 kg: €9; To 5 kg: €12
          | Size | Palm |               ¦ | | 8 cm |               ¦ Palm: 8 cm
          |  | Monday |                 ¦ | Cork | 9:30 |          ¦ Cork — Monday: 9:30
          """)
  void aRowIsShownAsWhatItSaysOfWhatItIsAbout(String header, String row, String shown) {
    var leadIn = Evidences.of(header, 1, Optional.empty());
    assertEquals(shown, OwnWords.shown(Evidences.of(row, 1, Optional.of(leadIn))));
  }

  @Test
  void anItemIsReadAfterItsLeadIn() {
    var leadIn = Evidences.of("We cannot take back:", 1, Optional.empty());
    assertEquals(
        "We cannot take back: gift cards;",
        OwnWords.of(Evidences.of("- gift cards;", 1, Optional.of(leadIn))));
  }
}
