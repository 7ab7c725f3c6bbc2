package io.candor.serving;

import java.util.stream.Collectors;

/** An adapter may not become the voice: its last verdict of the gate says no, or there is none. */
final class NotPassed extends IllegalArgumentException {
  NotPassed(AdapterVersion version) {
    super(
        "'%s' %s; \"force\": true (--force) lets it speak all the same"
            .formatted(version.adapter().name(), lack(version)));
  }

  private static String lack(AdapterVersion version) {
    var name = version.adapter().name();
    if (version.verdicts().isEmpty()) {
      return "has not been through the gate: ./candor adapters gate " + name;
    }
    var failed =
        version
            .verdicts()
            .getFirst()
            .path("lines")
            .valueStream()
            .filter(line -> !line.path("passed").asBoolean())
            .map(line -> line.path("figure").asText())
            .collect(Collectors.joining(", "));
    return "did not pass the gate%s: ./candor adapters show %s"
        .formatted(failed.isEmpty() ? "" : " (" + failed + ")", name);
  }
}
