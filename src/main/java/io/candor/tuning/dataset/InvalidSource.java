package io.candor.tuning.dataset;

import java.nio.file.Path;

/**
 * A file that is not what it should be; its message begins with the place, as {@code file:line}.
 */
public final class InvalidSource extends RuntimeException {
  InvalidSource(Path file, String reason) {
    super("%s: %s".formatted(file, reason));
  }

  InvalidSource(Path file, int line, String reason) {
    super("%s:%d: %s".formatted(file, line, reason));
  }
}
