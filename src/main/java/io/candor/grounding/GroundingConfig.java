package io.candor.grounding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The verifier's thresholds. */
@ConfigMapping(prefix = "candor.grounding")
public interface GroundingConfig {
  /** Share of a claim's words that evidence must hold to be about the same thing, 0 to 1. */
  @WithDefault("0.5")
  double aligned();

  /**
   * Share of a claim's words that evidence must hold before meaning may stand in for the rest, 0 to
   * 1.
   */
  @WithDefault("0.7")
  double covered();

  /**
   * Cosine similarity above which claim and evidence mean the same where no fact differs, 0 to 1.
   */
  @WithDefault("0.9")
  double similar();

  /** How many of the best aligned evidence sentences a claim is compared with. */
  @WithDefault("6")
  int candidates();
}
