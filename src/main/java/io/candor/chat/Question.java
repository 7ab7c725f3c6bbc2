package io.candor.chat;

import io.candor.knowledge.Token;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A customer's message, checked, as the pipeline takes it.
 *
 * @param message what they wrote
 * @param conversation the conversation it continues, or none for a new one
 * @param given the turns before, oldest first, where the caller keeps them and not we
 * @param asOf the instant it is about, or none for now
 * @param after knowledge that the answer must have
 * @param locale the customer's language, where the client knows it
 */
record Question(
    String message,
    Optional<UUID> conversation,
    List<Conversations.Turn> given,
    Optional<Instant> asOf,
    Optional<Token> after,
    Optional<Locale> locale) {
  Question {
    given = List.copyOf(given);
  }

  /** The same, asked after these turns. */
  Question following(List<Conversations.Turn> turns) {
    return new Question(message, conversation, turns, asOf, after, locale);
  }
}
