package io.candor.grounding;

/** What the evidence says about a claim. */
public enum Verdict {
  /** Every part of the claim is said by the evidence. */
  SUPPORTED,
  /** The evidence does not say it, or says less, or says it only under a condition. */
  UNSUPPORTED,
  /** The evidence says the same thing with another fact in it. */
  CONTRADICTED
}
