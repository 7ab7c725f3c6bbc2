package io.candor.serving;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How requests name adapters, each with how strongly it is used. */
final class AdapterUses {
  private AdapterUses() {}

  /** An adapter and how strongly it is used: 1 if that is not said. */
  record Use(String name, Float scale) {}

  /** The adapters that a merged adapter is made of. */
  record Parts(List<Use> adapters) {}

  /**
   * What a voice is to be.
   *
   * @param canary null for none
   * @param force whether adapters may speak that the gate did not let pass
   */
  record Voice(List<Use> adapters, Tried canary, boolean force) {}

  /** What is to be tried on a share of the conversations. */
  record Tried(List<Use> adapters, double share) {}

  /** By name, in their order; an IllegalArgumentException says what is wrong. */
  static Map<String, Float> scales(List<Use> uses) {
    if (uses == null) {
      throw new IllegalArgumentException("'adapters' is missing");
    }
    var scales = new LinkedHashMap<String, Float>();
    for (var use : uses) {
      if (use.name() == null) {
        throw new IllegalArgumentException("an adapter's 'name' is missing");
      }
      if (scales.put(use.name(), use.scale() == null ? 1 : use.scale()) != null) {
        throw new IllegalArgumentException("'%s' is there twice".formatted(use.name()));
      }
    }
    return scales;
  }
}
