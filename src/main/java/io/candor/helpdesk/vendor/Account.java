package io.candor.helpdesk.vendor;

import java.util.Map;
import java.util.Optional;

/**
 * A channel's account at its helpdesk.
 *
 * @param settings by name; each vendor says which it needs
 * @param token the API token, empty where none is needed
 */
public record Account(Map<String, String> settings, String token) {
  public Account {
    settings = Map.copyOf(settings);
  }

  /** The setting, which must be there. */
  String required(String name) {
    return optional(name)
        .orElseThrow(
            () -> new IllegalArgumentException("the account's '%s' is missing".formatted(name)));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank());
  }

  boolean is(String name, String value) {
    return !value.isEmpty() && value.equals(settings.get(name));
  }
}
