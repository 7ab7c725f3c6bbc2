package io.candor.knowledge;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@link Intake} made of a document.
 *
 * @param version that says it now; none of a duplicate that was skipped, and where it was refused
 * @param chunks that a new version was cut into
 * @param reason why it was refused or skipped
 */
record Outcome(
    WriteStatus status,
    OptionalInt version,
    OptionalInt chunks,
    Optional<Token> token,
    Optional<Resemblance> resembles,
    Optional<String> reason) {
  static Outcome refused(String reason) {
    return new Outcome(
        WriteStatus.REFUSED,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(reason));
  }
}
