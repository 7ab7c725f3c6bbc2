package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which clause of the evidence speaks of the same thing as each clause of the claim. */
record Alignment(Reading claim, Evidence evidence, Topic topic, Map<Clause, Clause> pairs) {

  static Alignment of(Reading claim, Evidence evidence, Topic topic) {
    var pairs = new LinkedHashMap<Clause, Clause>();
    for (Clause clause : claim.clauses()) {
      Clause best = null;
      double most = 0;
      for (Clause candidate : evidence.reading().clauses()) {
        double overlap = overlap(clause, candidate);
        if (overlap > most) {
          most = overlap;
          best = candidate;
        }
      }
      if (best != null) {
        pairs.put(clause, best);
      }
    }
    return new Alignment(claim, evidence, topic, pairs);
  }

  static double overlap(Clause claim, Clause evidence) {
    double words = claim.content().stream().filter(w -> find(w, evidence).isPresent()).count();
    double facts =
        claim.facts().stream()
            .filter(fact -> evidence.facts().stream().anyMatch(fact::comparable))
            .count();
    double role = claim.conditional() == evidence.conditional() ? .1 : 0;
    // of clauses with the same overlap, the one that says least besides
    double besides = .001 * evidence.content().size();
    return words + facts == 0 ? 0 : words + .5 * facts + role - besides;
  }

  /** The clause's word of the same lemma, one that is denied alike before any other. */
  static Optional<Word> find(Word word, Clause clause) {
    List<Word> same = clause.words().stream().filter(w -> w.lemma().equals(word.lemma())).toList();
    return same.stream()
        .filter(w -> w.denied() == word.denied())
        .findFirst()
        .or(() -> same.stream().findFirst());
  }

  /** Whether the evidence says a word, or says "it" of what the question named. */
  boolean mentions(Word word) {
    return evidence.mentions(word.lemma()) || evidence.refers() && topic.names(word);
  }

  /** Whether the claim says anything of the evidence's own. */
  boolean anchored() {
    return claim.content().stream().anyMatch(w -> evidence.mentions(w.lemma()))
        || claim.facts().stream()
            .anyMatch(fact -> evidence.reading().facts().stream().anyMatch(fact::follows));
  }

  /** Share of the claim's words that the evidence has, a name in another name's place counting. */
  double kinship() {
    List<Word> content = claim.content();
    long kin =
        content.stream()
            .filter(w ->
                evidence.mentions(w.lemma())
                    || w.name() && !WordCheck.inItsPlace(w, this).isEmpty())
            .count();
    return content.isEmpty() ? 1 : (double) kin / content.size();
  }

  /** Share of the claim's words and values that the evidence holds, its context counting. */
  double coverage() {
    List<Word> content = claim.content();
    double all = content.size() + claim.facts().size();
    double words = content.stream().filter(word -> evidence.mentions(word.lemma())).count();
    double facts =
        claim.facts().stream()
            .filter(fact -> evidence.reading().facts().stream().anyMatch(fact::follows))
            .count();
    return all == 0 ? 0 : (words + facts) / all;
  }
}
