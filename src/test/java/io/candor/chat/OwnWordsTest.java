package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.candor.retrieval.Evidence;
import io.candor.retrieval.Hit;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
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
    var header = evidence("| Zone | Standard | Express |", Optional.empty());
    var row = evidence("| 2 | **€4.90** | |", Optional.of(header));
    assertEquals("Zone: 2; Standard: €4.90", OwnWords.of(row));
  }

  @Test
  void anItemIsReadAfterItsLeadIn() {
    var leadIn = evidence("We cannot take back:", Optional.empty());
    assertEquals(
        "We cannot take back: gift cards;",
        OwnWords.of(evidence("- gift cards;", Optional.of(leadIn))));
  }

  private static Evidence evidence(String quote, Optional<Evidence> leadIn) {
    var hit =
        new Hit(
            "policies/x",
            "X",
            1,
            UUID.randomUUID(),
            0,
            "",
            quote,
            quote,
            0,
            quote.length(),
            "policy",
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            1,
            1,
            1,
            1);
    return new Evidence(hit, 0, quote.length(), quote, 1, leadIn);
  }
}
