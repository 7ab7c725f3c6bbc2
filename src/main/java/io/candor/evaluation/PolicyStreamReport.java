package io.candor.evaluation;

import java.util.List;
import java.util.Locale;

/** What {@link PolicyStreamSuite} measured, stream by stream; counts, so that they can be added. */
public record PolicyStreamReport(List<Stream> streams) {
  /**
   * @param fresh1 probes whose new sentence is in the first result
   * @param fresh5 probes whose new sentence is in the first five
   * @param stale5 probes whose old sentence is in the first five although nothing in force holds it
   * @param retired probes that were answered with a document that is not in force
   * @param asOf probes whose old sentence is found as of the moment before
   * @param secondsP50 from acknowledgement to both answers
   */
  public record Stream(
      String name,
      int events,
      int probes,
      int fresh1,
      int fresh5,
      int stale5,
      int retired,
      int asOf,
      double secondsP50,
      double secondsP99) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %d events, %d probes, fresh@1 %.3f, fresh@5 %.3f, stale@5 %d, retired %d, as-of %.3f,"
              + " seconds p50 %.3f p99 %.3f",
          name,
          events,
          probes,
          share(fresh1),
          share(fresh5),
          stale5,
          retired,
          share(asOf),
          secondsP50,
          secondsP99);
    }

    private double share(int count) {
      return probes == 0 ? 0 : (double) count / probes;
    }
  }
}
