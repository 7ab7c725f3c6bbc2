package io.candor.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;

/** What {@link PolicyStreamSuite} measured, stream by stream. */
public record PolicyStreamReport(List<Stream> streams) {
  /**
   * A question about one change; the first two are asked about now.
   *
   * @param freshRank the place of the first result with the new sentence, from 1; 0 without one
   * @param stale whether a result holds the old sentence although nothing in force holds it
   * @param retired whether a result is of a document that is not in force
   * @param asOf whether the old sentence is found as of the moment before
   * @param millis from acknowledgement to both answers
   */
  public record Outcome(
      String probe,
      String question,
      int freshRank,
      boolean stale,
      boolean retired,
      boolean asOf,
      double millis) {
    @JsonIgnore
    public boolean isRight() {
      return freshRank > 0 && !stale && !retired && asOf;
    }
  }

  /**
   * @param skipped events whose document the server refused
   * @param outcomes of every probe
   */
  public record Stream(String name, int events, int skipped, List<Outcome> outcomes) {
    /** Share of probes whose new sentence is in the first so many results. */
    public double fresh(int results) {
      return share(
          outcomes.stream().filter(o -> o.freshRank > 0 && o.freshRank <= results).count());
    }

    /** Share of probes that are answered with what is no longer in force. */
    public double stale() {
      return share(outcomes.stream().filter(o -> o.stale || o.retired).count());
    }

    /** Share of probes whose old sentence is found as of the moment before. */
    public double asOf() {
      return share(outcomes.stream().filter(Outcome::asOf).count());
    }

    private double share(long count) {
      return outcomes.isEmpty() ? Double.NaN : (double) count / outcomes.size();
    }

    /** Those probes that failed in any way, in order. */
    public List<Outcome> wrong() {
      return outcomes.stream().filter(outcome -> !outcome.isRight()).toList();
    }

    @Override
    public String toString() {
      var millis = outcomes.stream().map(Outcome::millis).toList();
      return String.format(
          Locale.ROOT,
          "%s: %d events (%d refused), %d probes, fresh@1 %.3f, fresh@5 %.3f, stale@5 %.3f,"
              + " as-of %.3f; %s",
          name,
          events,
          skipped,
          outcomes.size(),
          fresh(1),
          fresh(5),
          stale(),
          asOf(),
          millis.isEmpty() ? "" : Quantiles.of(millis));
    }
  }
}
