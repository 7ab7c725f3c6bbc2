package io.candor.chat;

import io.candor.security.InjectionVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** The stage that decides: answer, clarify, abstain or hand over, by a measured threshold. */
@ApplicationScoped
class Decider {
  private final ChatConfig config;

  Decider(ChatConfig config) {
    this.config = config;
  }

  /**
   * Decides by what the message wants, whether it attacks, and what was found. An attack is not
   * argued with: it gets the answer of a question that no policy covers.
   */
  Decision decide(Intent intent, InjectionVerdict injection, Findings found) {
    if (injection == InjectionVerdict.ATTACK) {
      return new Decision.Say(Outcome.ABSTAINED, "looks_like_an_attack", config.abstention());
    }
    return switch (intent) {
      case GREETING, THANKS, GOODBYE, ASSISTANT, COMPLAINT, BANTER ->
          new Decision.Say(
              Outcome.CLARIFY, intent.name().toLowerCase(Locale.ROOT), SmallTalk.reply(intent));
      case PERSON -> new Decision.Say(Outcome.HANDED_OFF, "asked_for_a_person", config.handover());
      case SENSITIVE -> new Decision.Say(Outcome.HANDED_OFF, "needs_a_person", config.handover());
      case QUESTION ->
          found.evidence().isEmpty() || found.probability() < config.answerThreshold()
              ? new Decision.Say(Outcome.ABSTAINED, "no_supporting_policy", config.abstention())
              : new Decision.Speak();
    };
  }
}
