package io.candor.grounding;

import java.util.ArrayList;
import java.util.List;

/** A claim beside one piece of evidence, with everything in which they differ. */
record Comparison(Alignment alignment, List<Difference> differences) {
  static Comparison of(Reading said, Evidence evidence, Topic topic) {
    Reading claim = Rewording.of(said, evidence.reading());
    var alignment = Alignment.of(claim, evidence, topic);
    var differences = new ArrayList<Difference>();
    differences.addAll(FactCheck.differences(alignment));
    differences.addAll(PolarityCheck.differences(alignment));
    differences.addAll(RoleCheck.differences(alignment));
    differences.addAll(WayCheck.differences(alignment));
    differences.addAll(JoinCheck.differences(alignment));
    differences.addAll(ConditionCheck.differences(alignment));
    differences.addAll(QuantifierCheck.differences(alignment));
    differences.addAll(
        evidence.row().isPresent()
            ? RowCheck.differences(claim, evidence, topic)
            : OmissionCheck.differences(alignment));
    differences.addAll(WordCheck.differences(alignment));
    return new Comparison(alignment, List.copyOf(differences));
  }

  boolean clean() {
    return differences.isEmpty() && alignment.anchored();
  }

  boolean closerThan(Comparison other) {
    return alignment.coverage() > other.alignment.coverage();
  }
}
