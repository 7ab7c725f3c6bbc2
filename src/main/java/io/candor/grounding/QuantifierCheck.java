package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares of how many, how often and how surely something is said. */
final class QuantifierCheck {
  private static final List<Set<String>> HEDGES =
      List.of(
          Set.of(
              "some",
              "sometimes",
              "occasionally",
              "selected",
              "certain",
              "several",
              "various",
              "few",
              "participating",
              "qualifying",
              "possibly",
              "might",
              "could",
              "partly",
              "partially",
              "limited"),
          Set.of("many", "often"),
          Set.of(
              "most",
              "mostly",
              "usually",
              "typically",
              "generally",
              "normally",
              "likely",
              "probably",
              "mainly",
              "almost",
              "nearly"));
  private static final Set<String> UNIVERSAL =
      Set.of("all", "every", "always", "everything", "everyone", "any", "whole", "entire");
  private static final Set<String> CHANCE = Set.of("may", "can", "might", "could");
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

  /** A claim may not drop "usually", nor the modifier of its subject, nor add "all" or "only". */
  private static Optional<Difference> widened(Clause claim, Clause evidence, Alignment alignment) {
    Reading said = alignment.claim();
    Reading found = alignment.evidence().reading();
    Optional<Word> hedge = lostHedge(evidence, said).or(() -> lostChance(claim, evidence));
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
              || limit == ONLY && conditional(said) && conditional(found);
      if (added.isPresent() && !known && !(limit == ONLY && qualifiesValue(claim, added.get()))) {
        return Optional.of(Difference.unsaid(Kind.CONDITION, added.get().text(), evidence.text()));
      }
    }
    return Optional.empty();
  }

  /** "Most" may become "many" or "some", never the other way round or nothing. */
  private static Optional<Word> lostHedge(Clause evidence, Reading said) {
    for (int rank = 0; rank < HEDGES.size(); rank++) {
      Optional<Word> hedge = first(evidence, HEDGES.get(rank));
      boolean kept =
          HEDGES.subList(0, rank + 1).stream()
              .anyMatch(set -> said.words().stream().anyMatch(w -> set.contains(w.lower())));
      if (hedge.isPresent() && !kept && !said.has("may|can")) {
        return hedge;
      }
    }
    return Optional.empty();
  }

  /** "A fee may apply" is not "a fee applies"; what you may do can be said as "do" or "you get". */
  private static Optional<Word> lostChance(Clause claim, Clause evidence) {
    Optional<Word> chance =
        evidence.words().stream().filter(w -> CHANCE.contains(w.lower())).findFirst();
    boolean can = chance.isPresent() && chance.get().lower().equals("can");
    String lead = claim.words().stream().limit(2).map(Word::lower).collect(Collectors.joining(" "));
    boolean offers = can && lead.matches("you (?:have|get|need)");
    boolean kept = claim.modality() == Modality.MAY || claim.negated() || evidence.negated();
    return chance.filter(w -> !kept && !offers && !asks(claim, evidence, w));
  }

  /** Whether the claim asks to do what the evidence says that one can or may: "just return it". */
  private static boolean asks(Clause claim, Clause evidence, Word chance) {
    Optional<Word> act =
        evidence.words().stream()
            .filter(w -> w.start() > chance.start() && w.content())
            .findFirst();
    Optional<Word> first =
        claim.words().stream()
            .filter(w -> !w.lower().matches("just|simply|please|yes|,"))
            .findFirst();
    return act.isPresent() && first.isPresent() && act.get().lemma().equals(first.get().lemma());
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
    return claim.facts().stream()
        .anyMatch(fact -> fact.start() - only.end() >= 0 && fact.start() - only.end() < 4);
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
