package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.serving.BgeEmbeddingModel;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvidenceSelectorTest {
  private static final RetrievalConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(RetrievalConfig.class)
          .build()
          .getConfigMapping(RetrievalConfig.class);
  private static final int START = 1000;

  private static final BgeEmbeddingModel MODEL = new BgeEmbeddingModel();
  private static final SentenceVectors VECTORS = new SentenceVectors(MODEL);

  private final EvidenceSelector selector = new EvidenceSelector(VECTORS, CONFIG);
  private final Answerability answerability = new Answerability(VECTORS);

  private static Hit hit(String source, String text) {
    return new Hit(
        "key",
        "Title",
        1,
        UUID.randomUUID(),
        0,
        "",
        text,
        source,
        START,
        START + source.length(),
        "policy",
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        0.8,
        0.8,
        5,
        0.7);
  }

  private List<Evidence> select(String question, String source) {
    return selector.select(question, List.of(hit(source, source)));
  }

  private static String best(List<Evidence> evidence) {
    return evidence.getFirst().quote();
  }

  @Test
  void theSentenceThatAnswersComesFirst() {
    var text =
        "We were founded in 1998. Refunds reach your card within five days. 🙂 Our shops are open.";

    assertEquals(
        "Refunds reach your card within five days.",
        best(select("When do refunds reach my card?", text)));
  }

  @Test
  void aLineOfMarkupAloneIsNoEvidence() {
    var text = "<details>\n\nRefunds reach your card within five days.\n\n<img src='card.png' />";

    assertEquals(
        List.of("Refunds reach your card within five days."),
        select("When do refunds reach my card?", text).stream().map(Evidence::quote).toList());
  }

  @Test
  void everyQuoteIsTheStoredTextOfItsRange() {
    var text =
        "# Returns\n\nYou may return it. 🙂 Keep the box.\n\n- one\n- two\n\n| a | b |\n|-|-|\n| 1 | 2 |\n";

    var evidence = select("Can I return it in the box?", text);

    assertTrue(evidence.size() > 1);
    for (var e : evidence) {
      assertEquals(text.substring(e.start() - START, e.end() - START), e.quote());
    }
  }

  @Test
  void anExceptionStaysWithTheSentenceItLimits() {
    var text =
        "Delivery is free over 50 euros. You may return a kettle within 30 days. However, opened"
            + " descaler cannot be returned. Gift wrap costs 3 euros.";

    assertEquals(
        "You may return a kettle within 30 days. However, opened descaler cannot be returned.",
        best(select("How long may I return a kettle?", text)));
  }

  @Test
  void aShortListIsQuotedWithItsLeadIn() {
    var text =
        "We cannot take back:\n\n- gift cards\n- opened descaler\n\nOur shops are open daily.";

    assertEquals(
        "We cannot take back:\n\n- gift cards\n- opened descaler",
        best(select("Can I return gift cards?", text)));
  }

  @Test
  void aRowOfALongTableComesWithItsHeader() {
    var rows = new StringBuilder("| Country | Price |\n|---|---|\n");
    for (int i = 0; i < 30; i++) {
      rows.append("| Land").append(i).append(" | ").append(i).append(" euros to the door |\n");
    }

    var row = select("What is the price to Land17?", rows.toString()).getFirst();

    assertEquals("| Land17 | 17 euros to the door |", row.quote());
    assertEquals("| Country | Price |", row.leadIn().orElseThrow().quote());
  }

  @Test
  void aRowThatTheQuestionNamesIsTakenWithoutTheOthersAndAllAreWhereItNamesNone() {
    var table =
        """
        | Category | Warranty |
        |---|---|
        | Tents and shelters | 5 years |
        | Stoves | 4 years |
        | Backpacks | 10 years |
        """;
    assertEquals(
        List.of("| Tents and shelters | 5 years |"),
        select("How long is the warranty on a tent?", table).stream()
            .map(Evidence::quote)
            .filter(quote -> quote.contains("years"))
            .toList());
    assertEquals(3, select("How long is the warranty?", table).size());
  }

  @Test
  void aRowOfATableThatGoesOnIsReadUnderTheColumnsOfItsHeading() {
    var rows = "| Japan | €33.60 |\n| Canada | €27.90 |\n";
    var found = hit(rows, rows);
    var heading = "Prices > Destination | Up to 2 kg";
    var under =
        new Hit(
            found.document(),
            found.title(),
            1,
            found.versionId(),
            1,
            heading,
            rows,
            rows,
            START,
            START + rows.length(),
            "policy",
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            0.8,
            0.8,
            5,
            0.7);

    var row = selector.select("What does a parcel to Japan cost?", List.of(under)).getFirst();

    assertEquals("| Japan | €33.60 |", row.quote());
    assertEquals("Destination: Japan; Up to 2 kg: €33.60", row.words());
  }

  @Test
  void aSentenceThatLeansOnTheOneBeforeIsNotQuotedAlone() {
    var text =
        "A gift can be returned by the person who received it. The refund takes two days. It is then"
            + " paid as a gift card. Shops open at ten.";

    assertEquals(
        "The refund takes two days. It is then paid as a gift card.",
        best(select("Is it paid as a gift card?", text)));
  }

  @Test
  void theSentenceOfTheKindAskedForComesFirst() {
    var text =
        "Express delivery is as fast and as safe as we can make it. The fee is €11.50. We like express delivery.";

    assertEquals("The fee is €11.50.", best(select("How much is the fee for express?", text)));
  }

  @Test
  void htmlIsQuotedAsStoredAndReadWithoutTags() {
    var html = "<p>We were founded in 1998.</p><p>Refunds take <b>five</b> days.</p>";

    var evidence =
        selector.select(
            "How many days do refunds take?",
            List.of(hit(html, "We were founded in 1998. Refunds take five days.")));

    assertEquals("Refunds take <b>five</b> days.", best(evidence));
  }

  @Test
  void repetitionsAreTakenOnceAndTheLimitsHold() {
    var text = "A parcel takes three days. ".repeat(40) + "Parcels to Norway take nine days.";

    var evidence = select("How many days does a parcel take?", text);

    assertEquals(2, evidence.size());
    assertTrue(evidence.stream().mapToInt(e -> e.quote().length()).sum() <= CONFIG.maxCharacters());
  }

  @Test
  void whatOnlyAnnouncesAnAnswerIsNoEvidence() {
    var text =
        "How much does an instant transfer cost?\n\nAn instant transfer costs €0.75.\n\n"
            + "An instant transfer costs, see [fees](fees).";

    assertEquals(
        List.of("An instant transfer costs €0.75.", "An instant transfer costs, see [fees](fees)."),
        select("How much does an instant transfer cost?", text).stream()
            .map(Evidence::quote)
            .toList());
  }

  @Test
  void theRowOfWhatTheQuestionNamesIsTaken() {
    var zones = "- Zone 1: Belgium, France, Germany.\n- Zone 2: Austria, Spain, Sweden.";
    var prices = "| Zone | 1 kg |\n|-|-|\n| Zone 1 | €9.80 |\n| Zone 2 | €12.40 |";
    var hits = List.of(hit(prices, prices), hit(zones, zones));

    assertEquals("| Zone 2 | €12.40 |", best(selector.select("How much is 1 kg to Spain?", hits)));
  }

  @Test
  void noHitsGiveNoEvidenceAndNoProbability() {
    assertEquals(List.of(), selector.select("Anything?", List.of()));
    assertEquals(0, answerability.probability("Anything?", List.of(), List.of()));
  }
}
