package io.candor.knowledge.loading;

import java.time.Duration;

/**
 * What one file may cost; beyond it the file is refused.
 *
 * @param bytes its size on disk
 * @param time to read it
 * @param megabytes of heap to read it in
 */
public record LoadLimits(long bytes, Duration time, int megabytes) {
  /** For a command on an operator's own machine. */
  public static final LoadLimits DEFAULT = new LoadLimits(50_000_000, Duration.ofSeconds(60), 512);

  /** The longest text of a document, in characters, as the server's default has it. */
  static final int LONGEST_TEXT = 5_000_000;

  public LoadLimits {
    if (bytes < 1 || time.isNegative() || time.isZero() || megabytes < 32) {
      throw new IllegalArgumentException(
          "no limits to work with: %d bytes, %s, %d MB".formatted(bytes, time, megabytes));
    }
  }
}
