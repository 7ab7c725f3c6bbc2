package io.candor.chat;

import io.candor.knowledge.AsOf;
import jakarta.ws.rs.BadRequestException;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A customer's message as a client sends it; {@link #question} checks it. */
record ChatRequest(
    String message, String conversationId, String asOf, String after, String locale) {
  static final int LONGEST_MESSAGE = 8_192;

  /** The message, checked: 400 names the field that is wrong and the form that it should have. */
  Question question() {
    return new Question(
        checkedMessage(),
        Optional.ofNullable(conversationId).map(ChatRequest::conversation),
        List.of(),
        AsOf.instant(asOf),
        AsOf.token(after),
        Optional.ofNullable(locale).map(ChatRequest::language));
  }

  private String checkedMessage() {
    if (message == null || message.isBlank()) {
      throw new BadRequestException("'message' is missing or blank");
    }
    if (message.length() > LONGEST_MESSAGE) {
      throw new BadRequestException(
          "'message' has %,d characters; the most is %,d"
              .formatted(message.length(), LONGEST_MESSAGE));
    }
    if (message.indexOf('\0') >= 0) {
      throw new BadRequestException("'message' holds a NUL character: it is not text");
    }
    return message.strip();
  }

  private static UUID conversation(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("'conversation_id' is not a UUID", e);
    }
  }

  private static Locale language(String text) {
    try {
      return new Locale.Builder().setLanguageTag(text).build();
    } catch (IllformedLocaleException e) {
      throw new BadRequestException("'locale' is not a language tag like en or pt-BR", e);
    }
  }
}
