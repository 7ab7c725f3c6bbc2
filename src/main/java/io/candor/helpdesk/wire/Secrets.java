package io.candor.helpdesk.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Signing secrets of which several are good while one replaces another; the present one first. */
public record Secrets(List<Secret> all) {
  public Secrets {
    all = List.copyOf(all);
  }

  /** A secret that is good until an instant; for the present one that is the end of time. */
  public record Secret(String value, Instant until) {}

  public static Secrets of(String secret) {
    return new Secrets(List.of(new Secret(secret, Instant.MAX)));
  }

  /** Those that are good now, the present one first. */
  public List<String> goodAt(Instant now) {
    return all.stream().filter(s -> s.until().isAfter(now)).map(Secret::value).toList();
  }

  /** A new present secret; the others are good until then, and forgotten once they are not. */
  public Secrets rotated(String secret, Instant now, Instant until) {
    var next = new ArrayList<>(of(secret).all());
    for (var old : all) {
      if (old.until().isAfter(now)) {
        next.add(new Secret(old.value(), old.until().isBefore(until) ? old.until() : until));
      }
    }
    return new Secrets(next);
  }
}
