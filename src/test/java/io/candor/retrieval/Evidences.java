package io.candor.retrieval;

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
    var hit =
        new Hit(
            document,
            "Returns",
            1,
            UUID.randomUUID(),
            0,
            "",
            quote,
            quote,
            0,
            quote.length(),
            "policy",
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            score,
            score,
            1,
            1);
    return new Evidence(hit, 0, quote.length(), quote, score, leadIn);
  }

  /** A hit of a document that has this text. */
  static Hit hitOf(String document, String text) {
    return of(document, text, 1, Optional.empty()).hit();
  }
}
