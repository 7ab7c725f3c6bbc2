package io.candor.tuning.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.chat.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  private static final Brand BRAND =
      new Brand("Ottersby", "Dry.", "We do not know.", "Which one do you mean?");
  private static final String POLICY =
      """
      # Repairs
      Repairs take **15 working days** from the day the item reaches us.
      - There is no [express service](express) for repairs.

      | Repair | Price |
      |-|-|
      | Zip slider | €9.50 |
      """;

  @TempDir Path folder;

  @Test
  void aReplyGetsItsFactsFromThePoliciesOfItsDay() throws IOException {
    var asked = new ArrayList<Optional<Instant>>();
    var day = Optional.of(Instant.parse("2025-03-01T09:30:00Z"));
    var example =
        only(
            (_, asOf) -> {
              asked.add(asOf);
              return List.of(POLICY);
            },
            exchange(
                "How long do repairs take?",
                """
                Hi Anna,
                Thank you for your message. Repairs take 15 working days from the day the item reaches us. \
                We will send you a free hat. There is no express service for repairs.
                Have a nice day!
                Kind regards,
                Mary\
                """,
                day));
    assertEquals(
        "Repairs take 15 working days from the day the item reaches us. [1] "
            + "There is no express service for repairs. [2]",
        example.answer());
    assertEquals(
        Prompt.of(
                BRAND.company(),
                BRAND.voice(),
                "How long do repairs take?",
                List.of(
                    "Repairs take 15 working days from the day the item reaches us.",
                    "There is no express service for repairs."))
            .user(),
        example.prompt().getLast().content());
    assertTrue(asked.stream().allMatch(day::equals));
  }

  @Test
  void whatIsTakenAwayIsCountedWithItsReason() throws IOException {
    var report =
        report(
            exchange(
                "How long do repairs take?",
                "Repairs take 15 working days from the day the item reaches us. We give you a hat. "
                    + "Call Anna on 087 123 4567. Have a nice day!"));
    assertEquals(1, report.removed().get("leaked").count());
    assertEquals(1, report.removed().get("personal data").count());
    assertEquals(1, report.removed().get("boilerplate").count());
    assertEquals("We give you a hat.", report.removed().get("leaked").cases().getFirst().text());
  }

  @Test
  void aReplyThatNoPolicySupportsIsLeftOut() throws IOException {
    var good = "Repairs take 15 working days from the day the item reaches us.";
    var report =
        report(
            exchange("How long?", good),
            exchange("Is it waterproof?", "It is waterproof down to 30 metres, always."),
            exchange("How long?", good),
            exchange("Ok?", "Sure"),
            exchange(
                "Wie lange dauert das?",
                "Die Reparatur dauert 15 Tage und ist nicht teuer, "
                    + "und das sagen wir auch den anderen, die uns fragen."),
            exchange("And?", "Repairs take a while. ".repeat(40)));
    assertEquals(1, report.trainExamples() + report.validationExamples());
    assertEquals(1, report.dropped().get("leaked").count());
    assertEquals(1, report.dropped().get("duplicate").count());
    assertEquals(1, report.dropped().get("too short").count());
    assertEquals(1, report.dropped().get("wrong language").count());
    assertEquals(1, report.dropped().get("too long").count());
  }

  @Test
  void nearlyTheSameReplyInAnotherConversationIsLeftOut() {
    var duplicates = new Duplicates();
    var text = "Repairs take 15 working days from the day the item reaches us, and in spring 25.";
    assertTrue(duplicates.reason(in("a", text)).isEmpty());
    assertEquals(Optional.of(Reason.NEAR_DUPLICATE), duplicates.reason(in("b", text + " Always.")));
    assertTrue(duplicates.reason(in("a", text + " Ever.")).isEmpty());
    assertTrue(
        duplicates.reason(in("b", "Zips cost €9.50 each, and patches rather more.")).isEmpty());
  }

  @Test
  void aPriceInATableIsAFact() throws IOException {
    var example =
        only(
            (_, _) -> List.of(POLICY), exchange("What is a zip slider?", "A zip slider is €9.50."));
    assertTrue(
        example.prompt().getLast().content().contains("[1] Repair: Zip slider; Price: €9.50"));
  }

  @Test
  void anAnswerWithItsOwnFactsStaysWholeOrGoes() throws IOException {
    var facts = List.of("Repairs take 15 working days.", "Zips cost €9.50.");
    var whole = new Exchange("a", "a", "Tell me", facts, "Zips cost €9.50. [2]", Optional.empty());
    var torn =
        new Exchange(
            "b",
            "b",
            "Tell me all",
            facts,
            "Zips cost €9.50. [2] Hats are free. [1]",
            Optional.empty());
    var report = report(whole, torn);
    assertEquals(1, report.dropped().get("leaked").count());
    assertEquals(1, report.trainExamples() + report.validationExamples());
  }

  @Test
  void personalDataInAQuestionIsMaskedAsTheChatDoes() throws IOException {
    var example =
        only(
            (_, _) -> List.of(POLICY),
            exchange(
                "I am at anna@example.com, how long do repairs take?",
                "Repairs take 15 working days from the day the item reaches us."));
    assertFalse(example.prompt().getLast().content().contains("anna@example.com"));
    assertTrue(example.prompt().getLast().content().contains("[EMAIL]"));
  }

  @Test
  void fewExamplesAreWarnedOf() throws IOException {
    var report =
        report(
            exchange(
                "How long?", "Repairs take 15 working days from the day the item reaches us."));
    assertTrue(report.warnings().getFirst().startsWith("1 examples are few"));
    assertTrue(Files.readString(folder.resolve("report.html")).contains("a voice wants 1,000"));
    assertTrue(Files.readString(folder.resolve("report.json")).contains("\"train_examples\" : 1"));
  }

  @Test
  void whereNothingIsLeftNothingIsWritten() {
    var failure =
        assertThrows(
            IllegalArgumentException.class, () -> report(exchange("Hm?", "We give hats away.")));
    assertEquals("none of 1 replies is left: 1 leaked", failure.getMessage());
    assertFalse(Files.exists(folder.resolve("train.jsonl")));
  }

  private Example only(Tools.Search policies, Exchange exchange) throws IOException {
    preparation(policies).write(List.of(exchange), folder, _ -> {});
    return ExampleFile.read(folder.resolve("train.jsonl")).getFirst();
  }

  private PreparationReport report(Exchange... exchanges) throws IOException {
    return preparation((_, _) -> List.of(POLICY)).write(List.of(exchanges), folder, _ -> {});
  }

  private static Preparation preparation(Tools.Search policies) {
    return new Preparation(
        BRAND, RealTools.with(policies), new Preparation.Settings("en", new Split(0, 7)));
  }

  private static Exchange exchange(String question, String answer) {
    return exchange(question, answer, Optional.empty());
  }

  private static Exchange exchange(String question, String answer, Optional<Instant> when) {
    var id = Integer.toString((question + answer).hashCode());
    return new Exchange(id, id, question, List.of(), answer, when);
  }

  private static Exchange in(String conversation, String answer) {
    return new Exchange(conversation, conversation, "Q?", List.of(), answer, Optional.empty());
  }
}
