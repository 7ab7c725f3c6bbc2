package io.candor.knowledge;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that a tenant's authors did to a document, from HTTP or Kafka; the {@link Ledger}
 * applies it once, however often it arrives.
 */
sealed interface Event {
  /** Who made it, and its id there: together the idempotency key. */
  Origin origin();

  String key();

  /** When it happened, by its maker's clock. */
  Instant time();

  String type();

  record Origin(String source, String id) {
    private static final int LONGEST = 255;

    public Origin {
      Check.text("source", source, LONGEST);
      Check.text("id", id, LONGEST);
    }
  }

  record Published(Origin origin, String key, Instant time, Draft draft) implements Event {
    static final String TYPE = "candor.document.published.v1";

    public Published {
      Check.key(key);
      time = Check.instant("time", time);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  record Retired(Origin origin, String key, Instant time, Optional<Instant> validUntil)
      implements Event {
    static final String TYPE = "candor.document.retired.v1";

    public Retired {
      Check.key(key);
      time = Check.instant("time", time);
      validUntil = validUntil.map(at -> Check.instant("valid_until", at));
    }

    @Override
    public String type() {
      return TYPE;
    }
  }
}
