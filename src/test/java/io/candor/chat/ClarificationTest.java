package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.retrieval.Hit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClarificationTest {
  private static final List<Hit> RIVALS =
      List.of(
          hit("Loans", "policy", .75),
          hit("Mortgages", "policy", .74),
          hit("Savings", "policy", .60));

  @Test
  void aShortQuestionThatFitsTwoDocumentsIsAskedBackByTheirTitles() {
    assertEquals(
        "Which of these do you mean: “Loans” or “Mortgages”?",
        Clarification.of("What is the rate?", RIVALS).orElseThrow().text());
  }

  @Test
  void aQuestionThatSaysWhatItIsAboutIsNotAskedBack() {
    assertTrue(Clarification.of("What is the overdraft rate for students?", RIVALS).isEmpty());
    assertTrue(Clarification.of("What is the Flexi rate?", RIVALS).isEmpty());
  }

  @Test
  void aDocumentThatIsClearlyNearestAnswers() {
    var clear = List.of(hit("Loans", "policy", .80), hit("Mortgages", "policy", .70));
    assertTrue(Clarification.of("What is the rate?", clear).isEmpty());
  }

  @Test
  void aDigestOrASecondPageOfOneSubjectIsNoRival() {
    var digest = List.of(hit("Loans", "policy", .75), hit("Questions and answers", "faq", .75));
    assertTrue(Clarification.of("What is the rate?", digest).isEmpty());
    var second = List.of(hit("Loans", "policy", .75), hit("Loans abroad", "policy", .75));
    assertTrue(Clarification.of("What is the rate?", second).isEmpty());
  }

  @Test
  void theDocumentThatIsAboutWhatIsAskedHasNoRivalInSpecialCasesOrOtherSubjects() {
    var returns =
        List.of(
            hit("Refunds: when and how", "policy", .76),
            hit("Returns and exchanges", "policy", .75),
            hit("Holiday returns", "policy", .74));
    assertTrue(Clarification.of("How long do I have to return something?", returns).isEmpty());
    var delivery =
        List.of(
            hit("Business accounts", "policy", .76),
            hit("Delivery at home", "policy", .75),
            hit("Delivery abroad", "policy", .74));
    assertEquals(
        List.of("Delivery at home", "Delivery abroad"),
        Clarification.of("What does delivery cost?", delivery).orElseThrow().options());
  }

  @Test
  void aPronounThatStandsForNothingIsAskedBackWhateverIsFound() {
    assertEquals(List.of(), Clarification.of("How much is it?", RIVALS).orElseThrow().options());
  }

  private static Hit hit(String title, String kind, double cosine) {
    return new Hit(
        title,
        title,
        1,
        UUID.randomUUID(),
        0,
        "",
        "text",
        "text",
        0,
        4,
        kind,
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        cosine,
        cosine,
        0,
        0);
  }
}
