package io.candor.chat;

import java.util.List;

/** What a message wants, where that can be told without looking anything up. */
enum Intent {
  QUESTION,
  GREETING,
  THANKS,
  GOODBYE,
  /** Asks who or what is answering. */
  ASSISTANT,
  /** Is displeased, and says no more than that. */
  COMPLAINT,
  /** Asks nothing: lol, hm, a lone yes. */
  BANTER,
  /** Asks for a person. */
  PERSON,
  /** A matter that no page settles: a lawyer, an injury, a death, an account in other hands. */
  SENSITIVE;

  /** What a message wants, said after these turns: yes to the offer of a person asks for one. */
  static Intent of(String message, List<Conversations.Turn> turns) {
    var text = Wording.plain(message);
    if (PersonWanted.isAskedFor(text) || (isOfferedAPerson(turns) && SmallTalk.agrees(text))) {
      return PERSON;
    }
    return PersonWanted.isNeeded(text) ? SENSITIVE : SmallTalk.in(text).orElse(QUESTION);
  }

  private static boolean isOfferedAPerson(List<Conversations.Turn> turns) {
    return !turns.isEmpty() && turns.getLast().outcome().equals(Outcome.ABSTAINED.toString());
  }
}
