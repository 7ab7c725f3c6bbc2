package io.candor.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Whether an adapter may speak to customers; {@link VoiceGate} makes it, and the registry keeps it
 * with the adapter.
 *
 * @param against the adapter that it was compared with, or {@code none} for the base alone
 * @param suite whose questions were held out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VoiceVerdict(
    String candidate,
    String against,
    String suite,
    int questions,
    int failed,
    boolean passed,
    List<Line> lines) {
  public VoiceVerdict {
    lines = List.copyOf(lines);
  }

  /**
   * One figure; the numbers are null where it was not measured.
   *
   * @param low the least change that 95% of resampled question sets show
   * @param high the greatest
   * @param demand what the candidate had to reach
   */
  public record Line(
      String figure,
      Double before,
      Double after,
      Double low,
      Double high,
      String demand,
      boolean passed) {}
}
