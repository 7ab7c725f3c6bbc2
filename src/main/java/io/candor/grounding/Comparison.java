package io.candor.grounding;

import io.candor.grounding.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A claim beside one piece of evidence, with everything in which they differ. */
record Comparison(Alignment alignment, List<Difference> differences) {
  private static final int MOST_UNUSED = 8;

  static Comparison of(Reading claim, Evidence evidence) {
    var alignment = Alignment.of(claim, evidence);
    var differences = new ArrayList<Difference>();
    differences.addAll(FactCheck.differences(alignment));
    differences.addAll(PolarityCheck.differences(alignment));
    differences.addAll(RoleCheck.differences(alignment));
    differences.addAll(JoinCheck.differences(alignment));
    differences.addAll(ConditionCheck.differences(alignment));
    differences.addAll(QuantifierCheck.differences(alignment));
    differences.addAll(
        evidence.row().isPresent()
            ? RowCheck.differences(claim, evidence)
            : OmissionCheck.differences(alignment));
    differences.addAll(WordCheck.differences(alignment));
    return new Comparison(alignment, List.copyOf(differences));
  }

  boolean clean() {
    return differences.isEmpty();
  }

  boolean closerThan(Comparison other) {
    return alignment.coverage() > other.alignment.coverage();
  }

  /** The one word by which claim and evidence differ, if there is no other difference. */
  Optional<String> onlyWord() {
    List<Difference> added = differences.stream().filter(d -> !d.omission()).toList();
    boolean one =
        added.size() == 1
            && added.getFirst().finding().kind() == Kind.MEANING
            && left().distinct().count() <= 1;
    return one ? Optional.of(added.getFirst().finding().said()) : Optional.empty();
  }

  /** The evidence's words that the claim does not say; of these, first, those it may not omit. */
  List<String> unused() {
    if (differences.stream().anyMatch(Difference::omission)) {
      return left().distinct().toList();
    }
    return alignment.evidence().reading().content().stream()
        .filter(word -> !word.name() && !alignment.claim().lemmas().contains(word.lemma()))
        .map(Words.Word::lower)
        .distinct()
        .limit(MOST_UNUSED)
        .toList();
  }

  private Stream<String> left() {
    return differences.stream().filter(Difference::omission).map(d -> d.finding().found());
  }
}
