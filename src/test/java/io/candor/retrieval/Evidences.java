package io.candor.retrieval;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Evidence for tests: a quote that is the whole of its chunk. */
public final class Evidences {
  private Evidences() {}

  public static Evidence of(String quote, double score) {
    return of(quote, score, Optional.empty());
  }

  public static Evidence of(String quote, double score, Optional<Evidence> leadIn) {
    return of("policies/returns", quote, score, leadIn);
  }

  /** Evidence of a document. */
  public static Evidence of(
      String document, String quote, double score, Optional<Evidence> leadIn) {
    var hit = hit(document, "", quote, score);
    return new Evidence(hit, 0, quote.length(), quote, score, leadIn);
  }

  /** A hit of a document, under a heading. */
  static Hit hit(String document, String heading, String text) {
    return hit(document, heading, text, 1);
  }

  private static Hit hit(String document, String heading, String text, double score) {
    return new Hit(
        document,
        "Returns",
        1,
        UUID.nameUUIDFromBytes(document.getBytes(StandardCharsets.UTF_8)),
        0,
        heading,
        text,
        text,
        0,
        text.length(),
        "policy",
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        score,
        score,
        1,
        1);
  }

  /** A hit of a document that has this text. */
  static Hit hitOf(String document, String text) {
    return hit(document, "", text);
  }
}
