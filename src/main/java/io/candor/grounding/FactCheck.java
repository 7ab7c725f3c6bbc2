package io.candor.grounding;

import io.candor.grounding.Fact.Quantity;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares numbers, dates and money: each value of the claim must be said of the same thing. */
final class FactCheck {
  private FactCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    for (Clause clause : alignment.claim().clauses()) {
      for (Fact fact : clause.facts()) {
        check(fact, clause, alignment).ifPresent(differences::add);
      }
    }
    return differences;
  }

  private static Optional<Difference> check(Fact fact, Clause clause, Alignment alignment) {
    Clause aligned = alignment.pairs().get(clause);
    List<Fact> all = alignment.evidence().reading().facts();
    List<Fact> near =
        aligned == null ? List.of() : aligned.facts().stream().filter(fact::comparable).toList();
    List<Fact> pool = near.isEmpty() ? all : near;
    Optional<Fact> same = pool.stream().filter(fact::follows).findFirst();
    if (same.isPresent()) {
      return near.size() > 1 && saidOfAnother(same.get(), clause, near, aligned)
          ? Optional.of(
              Difference.conflict(fact.kind(), fact.text(), other(same.get(), near).text()))
          : Optional.empty();
    }
    Optional<Fact> conflicting =
        pool.stream().filter(fact::comparable).findFirst().or(() -> sameFigure(fact, all));
    return Optional.of(
        conflicting
            .map(found -> Difference.conflict(fact.kind(), fact.text(), found.text()))
            .orElseGet(() -> Difference.unsaid(fact.kind(), fact.text(), "")));
  }

  private static Optional<Fact> sameFigure(Fact fact, List<Fact> all) {
    return all.stream()
        .filter(other -> figure(fact).equals(figure(other)) && !figure(fact).isEmpty())
        .findFirst();
  }

  private static String figure(Fact fact) {
    return fact instanceof Quantity ? fact.text().replaceAll("[^\\d.]", "") : "";
  }

  private static Fact other(Fact same, List<Fact> near) {
    return near.stream().filter(fact -> fact != same).findFirst().orElse(same);
  }

  /** In "gold costs 95, silver 45", whether the claim's own words stand beside the other value. */
  private static boolean saidOfAnother(Fact same, Clause claim, List<Fact> near, Clause evidence) {
    Set<String> said = claim.content().stream().map(Word::lemma).collect(Collectors.toSet());
    boolean after =
        evidence.words().stream()
            .anyMatch(w ->
                w.lower().matches("for|to|on|if")
                    && w.start() - same.end() >= 0
                    && w.start() - same.end() < 3);
    long own = beside(same, near, evidence, said, after);
    return own == 0
        && near.stream().anyMatch(f -> f != same && beside(f, near, evidence, said, after) > 0);
  }

  private static long beside(
      Fact fact, List<Fact> near, Clause clause, Set<String> said, boolean after) {
    int from =
        after
            ? fact.end()
            : near.stream().mapToInt(Fact::end).filter(e -> e <= fact.start()).max().orElse(0);
    int to =
        after
            ? near.stream()
                .mapToInt(Fact::start)
                .filter(s -> s >= fact.end())
                .min()
                .orElse(Integer.MAX_VALUE)
            : fact.start();
    return clause.content().stream()
        .filter(word -> word.start() >= from && word.end() <= to && said.contains(word.lemma()))
        .count();
  }
}
