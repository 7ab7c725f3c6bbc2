package io.candor.grounding;

import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares of how many, how often and how surely something is said. */
final class QuantifierCheck {
  private static final Set<String> UNIVERSAL =
      Set.of("all", "every", "always", "everything", "everyone", "any", "whole", "entire");
  private static final Set<String> ONLY = Set.of("only", "solely", "exclusively");

  private QuantifierCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    for (Map.Entry<Clause, Clause> pair : alignment.pairs().entrySet()) {
      if (!pair.getKey().conditional() && !pair.getValue().conditional()) {
        widened(pair.getKey(), pair.getValue(), alignment).ifPresent(differences::add);
      }
    }
    return differences;
  }

  /** A claim may not drop "usually", nor add "all" or "only". */
  private static Optional<Difference> widened(Clause claim, Clause evidence, Alignment alignment) {
    Reading said = alignment.claim();
    Reading found = alignment.evidence().reading();
    Optional<Word> hedge = Hedges.lost(claim, evidence, said, alignment.topic());
    if (hedge.isPresent()) {
      return Optional.of(Difference.unsaid(Kind.CONDITION, claim.text(), hedge.get().text()));
    }
    if (notAll(evidence) && !notAll(claim)) {
      return Optional.of(Difference.unsaid(Kind.CONDITION, claim.text(), evidence.text()));
    }
    for (Set<String> limit : List.of(UNIVERSAL, ONLY)) {
      Optional<Word> added = first(claim, limit);
      boolean known =
          found.words().stream().anyMatch(w -> limit.contains(w.lower()))
              || limit == UNIVERSAL && said.has("whole|entire") && found.has("full|fully")
              || limit == ONLY && conditional(said) && conditional(found);
      if (added.isPresent() && !known && !(limit == ONLY && qualifiesValue(claim, added.get()))) {
        return Optional.of(Difference.unsaid(Kind.CONDITION, added.get().text(), evidence.text()));
      }
    }
    return Optional.empty();
  }

  /** "Not every" denies less than "no". */
  private static boolean notAll(Clause clause) {
    return clause.words().stream()
        .anyMatch(w -> UNIVERSAL.contains(w.lower()) && denied(w, clause));
  }

  private static boolean conditional(Reading reading) {
    return reading.clauses().stream().anyMatch(Clause::conditional);
  }

  /** "It takes only 3 days" is a tone of voice, not a limit. */
  private static boolean qualifiesValue(Clause claim, Word only) {
    int next = claim.words().indexOf(only) + 1;
    boolean need =
        next < claim.words().size() && claim.words().get(next).lower().matches("needs?|takes?");
    return claim.facts().stream()
        .anyMatch(fact -> fact.start() > only.end() && (need || fact.start() - only.end() < 4));
  }

  private static Optional<Word> first(Clause clause, Set<String> words) {
    return clause.words().stream()
        .filter(w -> words.contains(w.lower()) && !denied(w, clause))
        .findFirst();
  }

  /** "Not only". */
  private static boolean denied(Word word, Clause clause) {
    int at = clause.words().indexOf(word);
    return at > 0 && clause.words().get(at - 1).lower().equals("not");
  }
}
