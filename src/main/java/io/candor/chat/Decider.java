package io.candor.chat;

import jakarta.enterprise.context.ApplicationScoped;

/** The stage that decides: answer, clarify, abstain or hand over, by a measured threshold. */
@ApplicationScoped
class Decider {
  private final ChatConfig config;

  Decider(ChatConfig config) {
    this.config = config;
  }

  /** What can be decided from the message alone: whether documents are to be asked at all. */
  boolean needsEvidence(Intent intent) {
    return intent == Intent.QUESTION;
  }

  Decision decide(Intent intent, Findings found) {
    return switch (intent) {
      case GREETING ->
          new Decision.Say(Outcome.CLARIFY, "greeting", "Hello. What would you like to know?");
      case THANKS ->
          new Decision.Say(Outcome.CLARIFY, "thanks", "You are welcome. Is there anything else?");
      case PERSON -> new Decision.Say(Outcome.HANDED_OFF, "asked_for_a_person", config.handover());
      case QUESTION ->
          found.evidence().isEmpty() || found.probability() < config.answerThreshold()
              ? new Decision.Say(Outcome.ABSTAINED, "no_supporting_policy", abstention())
              : new Decision.Speak();
    };
  }

  private String abstention() {
    return "I could not find this in our policies and product pages, so I will not guess. "
        + config.offerOfAPerson();
  }
}
