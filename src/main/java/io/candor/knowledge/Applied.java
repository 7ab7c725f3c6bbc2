package io.candor.knowledge;

import java.time.Instant;
import java.util.OptionalInt;

/** What came of an event. */
sealed interface Applied {
  /** What came of an event that is part of what is known. */
  sealed interface Accepted extends Applied {
    Token.Sequence token();

    /** The version that the event made, confirmed or retired, if there is one. */
    OptionalInt version();
  }

  /**
   * The document says something new in [validFrom, validUntil).
   *
   * @param chunks that it was cut into
   */
  record NewVersion(
      Token.Sequence token, OptionalInt version, int chunks, Instant validFrom, Instant validUntil)
      implements Accepted {}

  /** The document ends at this instant. */
  record Retired(Token.Sequence token, OptionalInt version, Instant validUntil)
      implements Accepted {}

  /** The document has this content already: the event was known, or repeats what another said. */
  record Unchanged(Token.Sequence token, OptionalInt version) implements Accepted {}

  /** The event contradicts itself or what is known; nothing was changed. */
  record Refused(String reason) implements Applied {}
}
