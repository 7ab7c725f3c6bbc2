package io.candor.grounding;

import java.util.List;

/** A sentence to check; {@code citations} name passages, and an empty list means all of them. */
public record Claim(String text, List<Integer> citations) {
  public Claim {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("a claim needs text");
    }
    citations = List.copyOf(citations);
  }
}
