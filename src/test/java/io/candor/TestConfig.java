package io.candor;

import io.smallrye.config.SmallRyeConfigBuilder;

/** A package's settings at their defaults, for tests without a server. */
public final class TestConfig {
  private TestConfig() {}

  /**
   * The defaults of a configuration interface, with whatever properties are given as key, value, …
   */
  public static <T> T of(Class<T> mapping, String... properties) {
    var builder = new SmallRyeConfigBuilder().withMapping(mapping).addDiscoveredConverters();
    for (int i = 0; i < properties.length; i += 2) {
      builder.withDefaultValue(properties[i], properties[i + 1]);
    }
    return builder.build().getConfigMapping(mapping);
  }
}
