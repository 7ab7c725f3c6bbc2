package io.candor.knowledge;

import java.util.regex.Pattern;

/**
 * A point in what is known, handed out by writes and answers, and demanded with {@code after}: once
 * it is in force, every later answer reflects it.
 */
public sealed interface Token {
  Pattern TEXT = Pattern.compile("s(\\d{1,18})|p(\\d{1,9})-(\\d{1,18})");

  /** The n-th event applied for a tenant; written {@code s42}. */
  record Sequence(long n) implements Token {
    public Sequence {
      requireNotNegative(n);
    }

    @Override
    public String toString() {
      return "s" + n;
    }
  }

  /** The record at this offset of the policies topic; written {@code p0-17}. */
  record Offset(int partition, long offset) implements Token {
    public Offset {
      requireNotNegative(partition);
      requireNotNegative(offset);
    }

    @Override
    public String toString() {
      return "p" + partition + "-" + offset;
    }
  }

  /** Reads a token as written; an IllegalArgumentException tells what is wrong with it. */
  static Token parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a knowledge token looks like s42 or p0-17, not '%.40s'".formatted(text));
    }
    return parts.group(1) != null
        ? new Sequence(Long.parseLong(parts.group(1)))
        : new Offset(Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
  }

  private static void requireNotNegative(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a token's numbers start at 0, not " + number);
    }
  }
}
