package io.candor.grounding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The verifier's thresholds. */
@ConfigMapping(prefix = "candor.grounding")
public interface GroundingConfig {
  /**
   * Share of a claim's words that evidence must exceed to contradict rather than not say, 0 to 1.
   */
  @WithDefault("0.5")
  double aligned();

  /** How many of the best aligned evidence sentences a claim is compared with. */
  @WithDefault("6")
  int candidates();
}
