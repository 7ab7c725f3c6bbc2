package io.candor.tuning.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;

/**
 * A file that is not what it should be; its message begins with the place, as {@code file:line}.
 */
public final class InvalidSource extends IllegalArgumentException {
  InvalidSource(Path file, String reason) {
    super("%s: %s".formatted(file, reason));
  }

  InvalidSource(Path file, int line, String reason) {
    super("%s:%d: %s".formatted(file, line, reason));
  }

  /** What to do about a file that cannot be read as text. */
  static InvalidSource notUtf8(Path file) {
    return new InvalidSource(file, "it is not in UTF-8: save it so, spreadsheets as CSV UTF-8");
  }

  /** Where a parser stopped, and why. */
  static InvalidSource of(Path file, JsonProcessingException e) {
    var place = e.getLocation();
    var reason =
        e.getCause() instanceof IllegalArgumentException cause
            ? cause.getMessage()
            : e.getOriginalMessage().lines().findFirst().orElse("cannot be parsed");
    return place == null
        ? new InvalidSource(file, reason)
        : new InvalidSource(file, place.getLineNr(), reason);
  }
}
