package io.candor.helpdesk;

import java.util.Locale;

/** Why a conversation goes to a person. */
enum HandoffReason {
  ASKED_FOR_A_PERSON("the customer asked for a person"),
  NEEDS_A_PERSON("the customer tells of something that no page settles"),
  ABSTAINED("no policy or product page supports an answer"),
  LOOKS_LIKE_AN_ATTACK("the message looks like an attempt to steer the bot"),
  ANGRY("the customer is angry"),
  VULNERABLE("the customer may be vulnerable"),
  POLICY("the policy itself sends this to a person"),
  LOOP("the conversation goes in circles, perhaps with another bot"),
  RULE("a rule of this channel says so"),
  TOO_LONG("the message is too long to be answered"),
  STAFF_REPLIED("a colleague replied"),
  FAILURE("no answer could be made");

  private final String words;

  HandoffReason(String words) {
    this.words = words;
  }

  /** For the note that a colleague reads. */
  String words() {
    return words;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
