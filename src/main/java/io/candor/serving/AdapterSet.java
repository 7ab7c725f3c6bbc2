package io.candor.serving;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The adapters that a request is answered with, all at once, each as strongly as its scale says.
 * Requests of the same set are computed together. {@link AdapterRegistry} makes it.
 */
public record AdapterSet(List<Scaled> adapters) {
  public static final AdapterSet NONE = new AdapterSet(List.of());

  public AdapterSet {
    adapters = List.copyOf(adapters);
    if (adapters.stream().map(Scaled::name).distinct().count() < adapters.size()) {
      throw new IllegalArgumentException("an adapter is named twice");
    }
  }

  /**
   * An adapter and its strength.
   *
   * @param sha256 of its file
   * @param scale 1 for as strong as it was trained
   */
  public record Scaled(String name, String sha256, float scale) {
    public Scaled {
      if (!Float.isFinite(scale) || scale == 0) {
        throw new IllegalArgumentException(
            "the scale of adapter '%s' must be a number other than 0".formatted(name));
      }
    }

    @Override
    public String toString() {
      return scale == 1 ? name : name + ":" + scale;
    }
  }

  /**
   * The one adapter of a set for a remote model, which knows it by its name and at full strength;
   * nothing for the base model.
   *
   * @throws IllegalArgumentException if the set is more than that
   */
  Optional<Scaled> only() {
    if (adapters.size() > 1 || adapters.stream().anyMatch(adapter -> adapter.scale() != 1)) {
      throw new IllegalArgumentException(
          "a remote model speaks with one adapter at full strength, not with " + this);
    }
    return adapters.stream().findFirst();
  }

  List<String> names() {
    return adapters.stream().map(Scaled::name).toList();
  }

  /** As answers tell it, such as {@code brand+formal:0.5}, or {@code none}. */
  @Override
  public String toString() {
    return adapters.isEmpty()
        ? "none"
        : adapters.stream().map(Scaled::toString).collect(Collectors.joining("+"));
  }
}
