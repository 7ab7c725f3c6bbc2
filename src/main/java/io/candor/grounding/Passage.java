package io.candor.grounding;

/**
 * A quote or passage that a claim may cite by its number; made by callers, read by {@link
 * Verifier}.
 */
public record Passage(int n, String text) {
  public Passage {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("passage " + n + " has no text");
    }
  }
}
