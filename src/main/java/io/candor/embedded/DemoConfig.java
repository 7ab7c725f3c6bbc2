package io.candor.embedded;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the demonstration. */
@ConfigMapping(prefix = "candor.demo")
interface DemoConfig {
  /** Whether the demo company's help page is shown, and its ready-made change may be published. */
  @WithDefault("false")
  boolean enabled();

  /** The tenant that holds the demo company's documents. */
  @WithDefault("demo")
  String tenant();

  /** How often the change may be published in a minute, by everybody together. */
  @WithDefault("30")
  int changesPerMinute();
}
