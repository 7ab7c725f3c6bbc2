package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.candor.TestConfig;
import io.candor.knowledge.KnowledgeView;
import io.candor.knowledge.Token;
import io.candor.retrieval.Evidences;
import io.candor.security.InjectionVerdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeciderTest {
  private final Decider decider = new Decider(TestConfig.of(ChatConfig.class));

  @Test
  void evidenceThatProbablyAnswersIsSaid() {
    assertInstanceOf(Decision.Speak.class, decide(Intent.QUESTION, InjectionVerdict.BENIGN, 0.9));
    assertInstanceOf(
        Decision.Speak.class, decide(Intent.QUESTION, InjectionVerdict.SUSPICIOUS, 0.9));
  }

  @Test
  void evidenceThatProbablyDoesNotAnswerIsNotSaid() {
    assertOutcome(Outcome.ABSTAINED, decide(Intent.QUESTION, InjectionVerdict.BENIGN, 0.2));
  }

  @Test
  void anAttackIsNotAnsweredWhateverWasFound() {
    assertOutcome(Outcome.ABSTAINED, decide(Intent.QUESTION, InjectionVerdict.ATTACK, 0.99));
  }

  @Test
  void whoAsksForAPersonGetsOneWhateverWasFound() {
    assertOutcome(Outcome.HANDED_OFF, decide(Intent.PERSON, InjectionVerdict.BENIGN, 0.9));
  }

  private Decision decide(Intent intent, InjectionVerdict injection, double probability) {
    var evidence = List.of(Evidences.of("Yes.", 1));
    var view = new KnowledgeView(UUID.randomUUID(), Instant.EPOCH, new Token.Sequence(1), 0);
    return decider.decide(intent, injection, new Findings(view, evidence, probability));
  }

  private static void assertOutcome(Outcome outcome, Decision decision) {
    assertEquals(outcome, assertInstanceOf(Decision.Say.class, decision).outcome());
  }
}
