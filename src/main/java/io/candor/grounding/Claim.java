package io.candor.grounding;

import java.util.List;

/**
 * A sentence to check; {@code citations} name passages, and an empty list means all of them. An
 * answer need not repeat what {@code question} names; it is "" for a sentence that must stand
 * alone.
 */
public record Claim(String text, List<Integer> citations, String question) {
  public Claim {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("a claim needs text");
    }
    citations = List.copyOf(citations);
  }

  public Claim(String text, List<Integer> citations) {
    this(text, citations, "");
  }
}
