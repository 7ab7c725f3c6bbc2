package io.candor.helpdesk;

/** What became of a delivery when it came in. */
sealed interface Receipt {
  /** It is kept, and will be worked on. */
  record Stored() implements Receipt {}

  /** It, or another about the same message, was here before. */
  record Repeated() implements Receipt {}

  /** It asked only whether we are there. */
  record Pong() implements Receipt {}

  /** No channel of that kind has this address. */
  record Unknown() implements Receipt {}

  /** Its sender does not know the secret, or sent it long ago. */
  record Forged() implements Receipt {}

  record Malformed(String reason) implements Receipt {}
}
