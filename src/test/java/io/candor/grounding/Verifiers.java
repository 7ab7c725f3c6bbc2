package io.candor.grounding;

import io.smallrye.config.SmallRyeConfigBuilder;

/** The verifier as shipped, with the default thresholds. */
final class Verifiers {
  static final GroundingConfig DEFAULTS =
      new SmallRyeConfigBuilder()
          .withMapping(GroundingConfig.class)
          .build()
          .getConfigMapping(GroundingConfig.class);

  static final Verifier SHIPPED = new Verifier(DEFAULTS);

  private Verifiers() {}
}
