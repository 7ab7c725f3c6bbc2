package io.candor.chat;

import jakarta.ws.rs.BadRequestException;
import java.util.List;

/**
 * Facts to be said as the answer to a question.
 *
 * @param reference somebody else's reply, whose probability is wanted; may be null
 * @param adapter the one to say it with, {@code none} for none; null for what the voice has
 */
record VoiceRequest(String question, List<String> facts, String reference, String adapter) {
  private static final int MOST_FACTS = 20;
  private static final int LONGEST = 2_000;

  /** The request's body, checked: 400 names the field that is wrong. */
  static VoiceRequest checked(VoiceRequest body) {
    if (body == null) {
      throw new BadRequestException("the body is empty");
    }
    check("'question'", body.question);
    var facts = body.facts;
    if (facts == null || facts.isEmpty() || facts.size() > MOST_FACTS) {
      throw new BadRequestException("'facts' has 1 to %d entries".formatted(MOST_FACTS));
    }
    facts.forEach(fact -> check("an entry of 'facts'", fact));
    if (body.reference != null) {
      check("'reference'", body.reference);
    }
    return body;
  }

  private static void check(String name, String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST) {
      throw new BadRequestException("%s has 1 to %,d characters".formatted(name, LONGEST));
    }
  }
}
