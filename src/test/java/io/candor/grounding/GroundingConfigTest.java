package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GroundingConfigTest {
  @Test
  void theDefaultsAreTheMeasuredThresholds() {
    assertEquals(.5, Verifiers.DEFAULTS.aligned());
    assertEquals(6, Verifiers.DEFAULTS.candidates());
  }
}
