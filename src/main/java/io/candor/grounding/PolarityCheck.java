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

  /**
   * Clauses of one polarity are opposed by a denied word ("opened", "unopened"); clauses of different
   * polarity are opposed unless a denied word makes up for it ("not included", "excluded").
   */
  private static boolean denies(Clause claim, Clause evidence, Alignment alignment) {
    boolean met = false;
    boolean flipped = false;
    boolean opposedElsewhere = false;
    for (Word word : claim.words()) {
      Optional<Word> other = Alignment.find(word, evidence);
      boolean differs = other.isPresent() && other.get().denied() != word.denied();
      if (differs && word.lemma().equals("after")) {
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
