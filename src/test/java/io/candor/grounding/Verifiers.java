package io.candor.grounding;

import io.candor.serving.BgeEmbeddingModel;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The verifier as shipped: the real embedding model and the default thresholds. */
final class Verifiers {
  static final GroundingConfig DEFAULTS =
      new SmallRyeConfigBuilder()
          .withMapping(GroundingConfig.class)
          .build()
          .getConfigMapping(GroundingConfig.class);

  static final Verifier SHIPPED = new Verifier(new BgeEmbeddingModel(), DEFAULTS);

  private Verifiers() {}
}
