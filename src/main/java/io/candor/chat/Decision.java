package io.candor.chat;

/** What to do with a turn, once its evidence is known. */
sealed interface Decision {
  /** Say the evidence. */
  record Speak() implements Decision {}

  /** Say this instead, which asserts nothing and so cites nothing. */
  record Say(Outcome outcome, String reason, String text) implements Decision {}
}
