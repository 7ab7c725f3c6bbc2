package io.candor.grounding;

import io.candor.grounding.Fact.Quantity;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.Collections;
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
    Optional<Clause> other =
        near.stream().anyMatch(fact::follows)
            ? Optional.empty()
            : saidElsewhere(fact, clause, aligned, alignment);
    if (other.isPresent()) {
      return Optional.empty();
    }
    List<Fact> pool = near.isEmpty() ? all : near;
    Optional<Fact> same = pool.stream().filter(fact::follows).findFirst();
    if (same.isPresent()) {
      return near.size() > 1
              && alignment.evidence().row().isEmpty()
              && !sameValues(clause.facts(), near)
              && saidOfAnother(fact, same.get(), clause, near, aligned)
          ? Optional.of(
              Difference.conflict(fact.kind(), fact.text(), other(same.get(), near).text()))
          : Optional.empty();
    }
    if (namesColumn(fact, alignment)) {
      return Optional.empty();
    }
    Optional<Fact> conflicting =
        pool.stream().filter(fact::comparable).findFirst().or(() -> sameFigure(fact, all));
    return Optional.of(
        conflicting
            .map(found -> Difference.conflict(fact.kind(), fact.text(), found.text()))
            .orElseGet(() -> Difference.unsaid(fact.kind(), fact.text(), "")));
  }

  /** "Up to 2 kg" may be a column's name; that its cell is said too is for {@link RowCheck}. */
  private static boolean namesColumn(Fact fact, Alignment alignment) {
    return alignment.evidence().row().stream()
        .flatMap(row -> row.cells().stream())
        .anyMatch(cell -> cell.name().facts().stream().anyMatch(fact::follows));
  }

  /**
   * The clause that has the value and more of the words beside it: "10 years on the frame, 2 on all
   * else" speaks of two clauses.
   */
  private static Optional<Clause> saidElsewhere(
      Fact fact, Clause clause, Clause aligned, Alignment alignment) {
    List<Fact> values = clause.facts().stream().filter(fact::comparable).toList();
    if (values.size() < 2 || aligned == null) {
      return Optional.empty();
    }
    Set<String> said = beside(fact, values, clause);
    return alignment.evidence().reading().clauses().stream()
        .filter(other -> other != aligned && other.facts().stream().anyMatch(fact::follows))
        .filter(other -> other.negated() == clause.negated() && !other.conditional())
        .filter(other -> shared(said, other, aligned) > shared(said, aligned, other))
        .findFirst();
  }

  /** How many of the words one clause has and the other lacks. */
  private static long shared(Set<String> said, Clause clause, Clause without) {
    Set<String> lacking = lemmas(without.content());
    return lemmas(clause.content()).stream()
        .filter(word -> said.contains(word) && !lacking.contains(word))
        .count();
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

  private static boolean sameValues(List<Fact> said, List<Fact> near) {
    List<String> figures =
        said.stream().filter(near.getFirst()::comparable).map(FactCheck::figure).toList();
    return near.stream().map(FactCheck::figure).toList().equals(figures);
  }

  /**
   * In "gold costs 95, silver 45", whether the words that the claim says of the value stand beside
   * the other one.
   */
  private static boolean saidOfAnother(
      Fact fact, Fact same, Clause claim, List<Fact> near, Clause evidence) {
    List<Fact> values = claim.facts().stream().filter(fact::comparable).toList();
    Set<String> said = values.size() > 1 ? beside(fact, values, claim) : lemmas(claim.content());
    return Collections.disjoint(said, beside(same, near, evidence))
        && near.stream()
            .anyMatch(f -> f != same && !Collections.disjoint(said, beside(f, near, evidence)));
  }

  /** The lemmas before a value, back to the value before it; after it in "95 for gold". */
  private static Set<String> beside(Fact fact, List<Fact> near, Clause clause) {
    boolean after =
        clause.words().stream()
            .anyMatch(w ->
                w.lower().matches("for|to|on|if")
                    && w.start() - fact.end() >= 0
                    && w.start() - fact.end() < 3);
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
    return lemmas(
        clause.content().stream()
            .filter(word -> word.start() >= from && word.end() <= to)
            .toList());
  }

  private static Set<String> lemmas(List<Word> words) {
    return words.stream().map(Word::lemma).collect(Collectors.toSet());
  }
}
