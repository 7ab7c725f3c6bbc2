package io.candor.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts one stream's outcomes while it plays. */
final class PolicyStreamTally {
  private final String name;
  private final List<Double> seconds = new ArrayList<>();
  private int events;
  private int probes;
  private int fresh1;
  private int fresh5;
  private int stale5;
  private int retired;
  private int asOf;

  PolicyStreamTally(String name) {
    this.name = name;
  }

  void event() {
    events++;
  }

  void seconds(Duration duration) {
    seconds.add(duration.toNanos() / 1e9);
  }

  void probe(int freshRank, boolean isStale, boolean isRetired, boolean isFoundAsOf) {
    probes++;
    fresh1 += freshRank == 1 ? 1 : 0;
    fresh5 += freshRank <= 5 ? 1 : 0;
    stale5 += isStale ? 1 : 0;
    retired += isRetired ? 1 : 0;
    asOf += isFoundAsOf ? 1 : 0;
  }

  PolicyStreamReport.Stream figures() {
    return new PolicyStreamReport.Stream(
        name, events, probes, fresh1, fresh5, stale5, retired, asOf, quantile(0.5), quantile(0.99));
  }

  private double quantile(double share) {
    var sorted = seconds.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((int) (share * (sorted.size() - 1)));
  }
}
