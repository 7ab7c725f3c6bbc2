package io.candor.grounding;

import io.candor.grounding.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what limits the evidence and is missing from the claim, and limits that the claim invents.
 */
final class ConditionCheck {
  private static final Set<String> COURTESY =
      Set.of("like", "want", "wish", "please", "possible", "need");

  private ConditionCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    List<Clause> evidence = alignment.evidence().reading().clauses();
    Asides asides = Asides.of(alignment.evidence().reading().words());
    for (int i = 0; i < evidence.size(); i++) {
      if (asides.holds(evidence.get(i).start())) {
        continue;
      }
      Optional<Clause> speaker =
          governed(evidence, i).stream()
              .flatMap(clause -> statementOf(clause, alignment).stream())
              .findFirst();
      if (speaker.isPresent() && !keeps(alignment, evidence.get(i))) {
        differences.add(
            Difference.unsaid(Kind.CONDITION, speaker.get().text(), evidence.get(i).text()));
      }
    }
    for (Map.Entry<Clause, Clause> pair : alignment.pairs().entrySet()) {
      if (!pair.getKey().conditional()
          && pair.getValue().conditional()
          && !pair.getKey().isEmpty()) {
        // What a condition supposes is not thereby so.
        differences.add(
            Difference.unsaid(Kind.CONDITION, pair.getKey().text(), pair.getValue().text()));
      }
    }
    return differences;
  }

  /** "It is 5 and is paid later, unless it is faulty" limits both statements. */
  private static List<Clause> governed(List<Clause> evidence, int condition) {
    int last = evidence.get(condition).conditional() ? Clause.governed(evidence, condition) : -1;
    int first = last;
    while (first > 0 && last < condition && evidence.get(first).continues()) {
      first--;
    }
    return last < 0 ? List.of() : evidence.subList(first, last + 1);
  }

  private static Optional<Clause> statementOf(Clause governed, Alignment alignment) {
    return alignment.pairs().entrySet().stream()
        .filter(pair -> pair.getValue() == governed && !pair.getKey().conditional())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Whether the claim still states the condition: all its values and words, as a condition or as
   * part of the statement. One of several conditions that each suffice may be left out.
   */
  private static boolean keeps(Alignment alignment, Clause condition) {
    Reading claim = alignment.claim();
    if (condition.isEmpty()) {
      return condition.words().stream().anyMatch(w -> COURTESY.contains(w.lower()))
          || sameBare(claim, condition);
    }
    return OmissionCheck.omitted(condition, alignment).isEmpty()
        && (!condition.facts().isEmpty() || states(alignment, condition));
  }

  /** Whether a word of the condition is said of it, and not of the statement that has it too. */
  private static boolean states(Alignment alignment, Clause condition) {
    List<Clause> evidence = alignment.evidence().reading().clauses();
    return alignment.claim().clauses().stream()
        .anyMatch(clause ->
            condition.content().stream()
                .filter(word -> Alignment.find(word, clause).isPresent())
                .anyMatch(word ->
                    clause.conditional()
                        || evidence.stream()
                            .noneMatch(
                                c -> c != condition && Alignment.find(word, c).isPresent())));
  }

  private static boolean sameBare(Reading claim, Clause condition) {
    return claim.clauses().stream()
        .anyMatch(c -> c.conditional() && c.isEmpty() && c.negated() == condition.negated());
  }
}
