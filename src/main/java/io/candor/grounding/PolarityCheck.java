package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Row.Cell;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares what is affirmed and denied, and what must and what may be. */
final class PolarityCheck {
  private static final String ORDERS =
      "until|till|once|when|upon|by|since|from|within|if|unless|first|then|following|as|early|late";

  private PolarityCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    if (otherSide(alignment.claim(), readings(alignment.evidence()))) {
      differences.add(
          Difference.conflict(
              Kind.NEGATION, alignment.claim().plain(), alignment.evidence().reading().plain()));
    }
    List<Clause> statements =
        alignment.evidence().reading().clauses().stream().filter(c -> !c.conditional()).toList();
    for (Clause clause : alignment.claim().clauses()) {
      if (clause.bare() && statements.stream().noneMatch(c -> c.negated() == clause.negated())) {
        differences.add(
            Difference.unsaid(
                Kind.NEGATION, clause.text(), alignment.evidence().reading().plain()));
      }
    }
    for (Map.Entry<Clause, Clause> pair : alignment.pairs().entrySet()) {
      Clause claim = pair.getKey();
      Clause evidence = pair.getValue();
      if (denies(claim, evidence, alignment) || claim.deniesAll() && !evidence.deniesAll()) {
        differences.add(Difference.conflict(Kind.NEGATION, claim.text(), evidence.text()));
      } else if (obligesOtherwise(claim, evidence)) {
        differences.add(Difference.conflict(Kind.NEGATION, claim.text(), evidence.text()));
      }
    }
    return differences;
  }

  /** What it says; of a table's row the columns' names too. */
  private static List<Reading> readings(Evidence evidence) {
    var columns = evidence.row().stream().flatMap(row -> row.cells().stream()).map(Cell::name);
    return Stream.concat(Stream.of(evidence.reading()), columns).toList();
  }

  /**
   * Whether the claim says "after" of what the evidence says "before", the reverse, or either of
   * what it sets in no order.
   */
  private static boolean otherSide(Reading claim, List<Reading> evidence) {
    var found = evidence.stream().flatMap(it -> it.words().stream()).toList();
    return Stream.of(true, false)
        .anyMatch(denied ->
            claim.words().stream().anyMatch(w -> w.means("after") && w.denied() == denied)
                && (found.stream().anyMatch(w -> w.means("after"))
                    || evidence.stream().noneMatch(it -> it.has(ORDERS)))
                && found.stream().noneMatch(w -> w.means("after") && w.denied() == denied));
  }

  /**
   * Clauses of one polarity are opposed by a denied word ("opened", "unopened"); clauses of
   * different polarity are opposed unless a denied word makes up for it ("not included",
   * "excluded").
   */
  private static boolean denies(Clause claim, Clause evidence, Alignment alignment) {
    boolean met = false;
    boolean flipped = false;
    boolean opposedElsewhere = false;
    for (Word word : claim.words()) {
      Optional<Word> other = Alignment.find(word, evidence);
      boolean differs = other.isPresent() && other.get().denied() != word.denied();
      if (differs && word.means("after")) {
        return true;
      }
      if (word.content() && other.isPresent()) {
        met = true;
        flipped |= differs;
      } else if (word.content() && !word.name()) {
        List<Clause> places = alignment.evidence().reading().clauses();
        flipped |= anyDiffers(word, places) && claim.negated() != evidence.negated();
        opposedElsewhere |= opposedInAll(word, claim, places);
      }
    }
    return claim.negated() == evidence.negated() ? flipped || opposedElsewhere : met && !flipped;
  }

  private static boolean anyDiffers(Word word, List<Clause> places) {
    return places.stream()
        .flatMap(place -> place.words().stream())
        .anyMatch(other -> other.lemma().equals(word.lemma()) && other.denied() != word.denied());
  }

  private static boolean opposedInAll(Word word, Clause claim, List<Clause> places) {
    boolean found = false;
    for (Clause place : places) {
      for (Word other : place.words()) {
        if (other.lemma().equals(word.lemma())) {
          found = true;
          if (place.denies(other) == claim.denies(word)) {
            return false;
          }
        }
      }
    }
    return found;
  }

  private static boolean obligesOtherwise(Clause claim, Clause evidence) {
    boolean must = claim.modality() == Modality.MUST && evidence.modality() == Modality.MAY;
    boolean may = claim.modality() == Modality.MAY && evidence.modality() == Modality.MUST;
    may |= claim.modality() == Modality.MAY && evidence.orders();
    boolean affirmed = !claim.saysNot() && !evidence.saysNot();
    boolean freed = exempts(claim) && prohibits(evidence) || prohibits(claim) && exempts(evidence);
    return (must || may) && affirmed || freed;
  }

  /** "Need not", "is not required". */
  private static boolean exempts(Clause clause) {
    return clause.negated()
        && clause.words().stream().anyMatch(w -> w.means("require") || w.lower().equals("have"))
        && !prohibits(clause);
  }

  /** "Must not", "may not", "is not allowed". */
  private static boolean prohibits(Clause clause) {
    return clause.negated()
        && clause.words().stream()
            .anyMatch(w -> w.lower().matches("must|may|can|could|shall") || w.means("allow"));
  }
}
