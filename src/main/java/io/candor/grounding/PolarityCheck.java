package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what is affirmed and denied, what must and what may be, and who does it to whom. */
final class PolarityCheck {
  private static final Set<String> BE = Set.of("is", "are", "was", "were", "be", "been", "being");

  private PolarityCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    for (Map.Entry<Clause, Clause> pair : alignment.pairs().entrySet()) {
      Clause claim = pair.getKey();
      Clause evidence = pair.getValue();
      if (denies(claim, evidence, alignment)) {
        differences.add(Difference.conflict(Kind.NEGATION, claim.text(), evidence.text()));
      } else if (obligesOtherwise(claim, evidence)) {
        differences.add(Difference.conflict(Kind.NEGATION, claim.text(), evidence.text()));
      }
      turnedAround(claim, evidence).ifPresent(differences::add);
    }
    return differences;
  }

  private static boolean denies(Clause claim, Clause evidence, Alignment alignment) {
    for (Word word : claim.words()) {
      boolean compared = word.content() || word.lemma().equals("after");
      if (compared && !word.name() && opposed(word, claim, evidence, alignment)) {
        return true;
      }
    }
    return false;
  }

  private static boolean opposed(Word word, Clause claim, Clause evidence, Alignment alignment) {
    if (word.lemma().equals("after")) {
      return Alignment.find(word, evidence).filter(w -> w.denied() != word.denied()).isPresent();
    }
    var places = new ArrayList<Clause>();
    if (Alignment.find(word, evidence).isPresent()) {
      places.add(evidence);
    } else {
      places.addAll(alignment.evidence().reading().clauses());
    }
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
    return (must || may) && !claim.negated() && !evidence.negated();
  }

  /**
   * "The seller pays the buyer" against "the buyer pays the seller", active or passive; and
   * from/to.
   */
  private static Optional<Difference> turnedAround(Clause claim, Clause evidence) {
    for (Word verb : claim.content()) {
      Optional<Word> same = Alignment.find(verb, evidence);
      if (same.isPresent()) {
        String doer = before(claim, verb);
        String done = after(claim, verb);
        boolean crossed =
            after(evidence, same.get()).equals(doer) && before(evidence, same.get()).equals(done);
        boolean straight =
            after(evidence, same.get()).equals(done) && before(evidence, same.get()).equals(doer);
        boolean voices = passive(claim, verb) != passive(evidence, same.get());
        if (!doer.isEmpty()
            && !done.isEmpty()
            && !doer.equals(done)
            && (voices ? straight : crossed)) {
          return Optional.of(Difference.conflict(Kind.NAME, claim.text(), evidence.text()));
        }
      }
    }
    String from = object(claim, "from");
    String to = object(claim, "to");
    boolean reversed =
        !from.isEmpty()
            && !to.isEmpty()
            && from.equals(object(evidence, "to"))
            && to.equals(object(evidence, "from"));
    return reversed
        ? Optional.of(Difference.conflict(Kind.NAME, claim.text(), evidence.text()))
        : Optional.empty();
  }

  private static String before(Clause clause, Word verb) {
    List<Word> words = clause.content();
    int i = words.indexOf(verb);
    return i > 0 ? words.get(i - 1).lemma() : "";
  }

  private static String after(Clause clause, Word verb) {
    List<Word> words = clause.content();
    int i = words.indexOf(verb);
    return i + 1 < words.size() ? words.get(i + 1).lemma() : "";
  }

  private static boolean passive(Clause clause, Word verb) {
    int i = clause.words().indexOf(verb);
    if (i + 1 >= clause.words().size() || !clause.words().get(i + 1).lower().equals("by")) {
      return false;
    }
    for (int j = Math.max(0, i - 3); j < i; j++) {
      if (BE.contains(clause.words().get(j).lower()) && !verb.lower().endsWith("ing")) {
        return true;
      }
    }
    return false;
  }

  private static String object(Clause clause, String preposition) {
    List<Word> words = clause.words();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).lower().equals(preposition)) {
        return words.subList(i + 1, Math.min(words.size(), i + 4)).stream()
            .filter(Word::content)
            .findFirst()
            .map(Word::lemma)
            .orElse("");
      }
    }
    return "";
  }
}
