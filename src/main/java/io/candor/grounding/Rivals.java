package io.candor.grounding;

import java.util.List;

/** Finds evidence that fits a claim's words better than the evidence that holds its values. */
final class Rivals {
  private Rivals() {}

  /** Whether no other evidence says more of the claim's words beside a different value. */
  static boolean none(Comparison comparison, List<Evidence> evidence) {
    Alignment own = comparison.alignment();
    for (Clause clause : own.claim().clauses()) {
      for (Fact fact : clause.facts()) {
        double words = words(clause, own.evidence());
        for (Evidence other : evidence) {
          List<Fact> facts = other.reading().facts();
          boolean differs =
              facts.stream().anyMatch(fact::comparable) && facts.stream().noneMatch(fact::follows);
          if (differs && words(clause, other) > words) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static double words(Clause clause, Evidence evidence) {
    return clause.content().stream()
        .filter(w -> evidence.reading().lemmas().contains(w.lemma()))
        .count();
  }
}
