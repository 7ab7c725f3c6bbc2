package io.candor.knowledge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What every document, key and event must satisfy, however it arrives. */
final class Check {
  static final int LONGEST_KEY = 512;

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private Check() {}

  /** Text that the database can keep as it is: neither U+0000 nor half a surrogate pair. */
  static String text(String field, String text, int longest) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(field + " must not be empty");
    }
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          "%s has %d characters; at most %d are allowed".formatted(field, text.length(), longest));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (Character.isSurrogate(c) && !startsPair(text, i))) {
        throw new IllegalArgumentException(
            "%s holds an invalid character (U+%04X) at position %d".formatted(field, (int) c, i));
      }
      i += Character.isHighSurrogate(c) ? 1 : 0;
    }
    return text;
  }

  static String key(String key) {
    return text("key", key, LONGEST_KEY);
  }

  static String matches(String field, String text, String pattern) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException("%s is not valid: '%.100s'".formatted(field, text));
    }
    return text;
  }

  /** An instant that is meant seriously, in microseconds as the database keeps it. */
  static Instant instant(String field, Instant at) {
    if (at.isBefore(EARLIEST) || !at.isBefore(LATEST)) {
      throw new IllegalArgumentException(
          "%s must lie in the years 1970 to 9998, not at %s".formatted(field, at));
    }
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  static void ordered(Instant validFrom, Instant validUntil) {
    if (!validFrom.isBefore(validUntil)) {
      throw new IllegalArgumentException(
          "valid_until (%s) must be after valid_from (%s)".formatted(validUntil, validFrom));
    }
  }

  private static boolean startsPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }
}
