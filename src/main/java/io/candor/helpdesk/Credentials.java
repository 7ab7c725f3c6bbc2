package io.candor.helpdesk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a channel keeps sealed.
 *
 * @param token for the helpdesk's API, empty where none is needed
 * @param secrets that sign deliveries, the present one first
 */
record Credentials(String token, List<Secret> secrets) {
  Credentials {
    secrets = List.copyOf(secrets);
  }

  /** A signing secret, good until an instant; for the present one that is the end of time. */
  record Secret(String value, Instant until) {}

  static Credentials of(String token, String secret) {
    return new Credentials(token, List.of(new Secret(secret, Instant.MAX)));
  }

  /** The secrets that are good now, the present one first. */
  List<String> goodAt(Instant now) {
    return secrets.stream().filter(s -> s.until().isAfter(now)).map(Secret::value).toList();
  }

  /** A new present secret; the others are good until then, and forgotten once they are not. */
  Credentials rotated(String secret, Instant now, Instant until) {
    var all = new ArrayList<>(List.of(new Secret(secret, Instant.MAX)));
    for (var old : secrets) {
      if (old.until().isAfter(now)) {
        all.add(new Secret(old.value(), old.until().isBefore(until) ? old.until() : until));
      }
    }
    return new Credentials(token, all);
  }

  Credentials withToken(String other) {
    return new Credentials(other, secrets);
  }
}
