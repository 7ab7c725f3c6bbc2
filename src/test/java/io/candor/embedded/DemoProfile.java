package io.candor.embedded;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The server with the demo company's help page, as {@code ./candor demo} starts it. */
public final class DemoProfile implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("candor.demo.enabled", "true");
  }
}
