package io.candor.grounding;

/**
 * One difference between a claim and its evidence: what was said, and what was found instead (or
 * "").
 */
public record Finding(Kind kind, String said, String found) {

  /** The sort of fact that differs. */
  public enum Kind {
    NUMBER,
    DATE,
    MONEY,
    NEGATION,
    CONDITION,
    NAME,
    MEANING
  }
}
