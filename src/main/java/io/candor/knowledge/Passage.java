package io.candor.knowledge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of a document, made by {@link Chunker}: what is searched and embedded, and where it
 * stands.
 *
 * @param start where its range in the document's text begins, in UTF-16 units
 * @param end where it ends, exclusive
 * @param heading the headings above it, joined with " > "; of a table's rows, its column names too
 * @param text its words: for HTML the range without tags, else the range as it is
 */
record Passage(int start, int end, String heading, String text) {
  Passage {
    if (start < 0 || start >= end || text.isBlank()) {
      throw new IllegalArgumentException(
          "a passage has words in [%d, %d), not '%s'".formatted(start, end, text));
    }
  }

  /** Everything that its vector depends on: passages with equal hashes share one. */
  byte[] hash(String title) {
    return sha256(title + "\0" + heading + "\0" + text);
  }

  /**
   * What is embedded. The title counts twice: it names what a passage is about, which the passage
   * itself often leaves out (decisions/0009).
   */
  String inContext(String title) {
    return Stream.of(title, title, heading, text)
        .filter(Predicate.not(String::isEmpty))
        .collect(Collectors.joining("\n"));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
