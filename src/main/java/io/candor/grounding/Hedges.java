package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Words.Word;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Words by which a policy says that something holds for some, mostly or perhaps. */
final class Hedges {
  /** From the weakest: a claim may put a weaker one in a stronger one's place. */
  private static final List<Set<String>> RANKS =
      List.of(
          words(
              "some sometimes occasionally selected certain several various few participating"
                  + " qualifying possibly might could partly partially limited"),
          words("many often"),
          words(
              "most mostly usually typically generally normally likely probably mainly almost"
                  + " nearly"));

  private static final Set<String> CHOSEN = words("eligible applicable");
  private static final Set<String> CHANCE = words("may can might could");

  private Hedges() {}

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }

  /** The evidence's hedge that the claim does not keep. */
  static Optional<Word> lost(Clause claim, Clause evidence, Reading said, Topic topic) {
    return weakened(evidence, said)
        .or(() -> chosen(evidence, said))
        .or(() -> chance(claim, evidence).filter(w -> !permitted(claim, topic)));
  }

  private static Optional<Word> hedge(Clause clause, Set<String> words) {
    return clause.words().stream().filter(word -> words.contains(word.lower())).findFirst();
  }

  /** "Eligible orders" are some orders; "you are eligible" is something else. */
  private static Optional<Word> chosen(Clause evidence, Reading said) {
    List<Word> words = evidence.words();
    return hedge(evidence, CHOSEN)
        .filter(word -> words.indexOf(word) + 1 < words.size())
        .filter(word -> words.get(words.indexOf(word) + 1).content())
        .filter(word -> said.words().stream().noneMatch(w -> w.lower().equals(word.lower())));
  }

  /** "Most" may become "many" or "some", never the other way round or nothing. */
  private static Optional<Word> weakened(Clause evidence, Reading said) {
    for (int rank = 0; rank < RANKS.size(); rank++) {
      Optional<Word> hedge = hedge(evidence, RANKS.get(rank));
      boolean kept =
          RANKS.subList(0, rank + 1).stream()
              .anyMatch(set -> said.words().stream().anyMatch(w -> set.contains(w.lower())));
      if (hedge.isPresent() && !kept && !said.has("may|can")) {
        return hedge;
      }
    }
    return Optional.empty();
  }

  /** "A fee may apply" is not "a fee applies"; what you may do can be said as "do" or "you get". */
  private static Optional<Word> chance(Clause claim, Clause evidence) {
    Optional<Word> chance =
        evidence.words().stream().filter(w -> CHANCE.contains(w.lower())).findFirst();
    boolean can = chance.isPresent() && chance.get().lower().equals("can");
    String lead = claim.words().stream().limit(2).map(Word::lower).collect(Collectors.joining(" "));
    boolean free = claim.content().stream().anyMatch(word -> word.means("free"));
    boolean offers = can && (free || lead.matches("you (?:have|get|need)"));
    boolean kept = claim.modality() == Modality.MAY || claim.saysNot() || evidence.saysNot();
    return chance.filter(w -> !kept && !offers && !asks(claim, evidence, w));
  }

  /** "For 3 months." to "Can I pause it?". */
  private static boolean permitted(Clause claim, Topic topic) {
    return topic.leave() && claim.words().stream().noneMatch(Clauses::isVerb);
  }

  /** "Skip or pause it" of what one can pause or skip. */
  private static boolean orders(Clause claim, Word first, Clause evidence, Word chance) {
    int next = claim.words().indexOf(first) + 1;
    boolean named = next < claim.words().size() && Clauses.isVerb(claim.words().get(next));
    return first.content()
        && !named
        && evidence.content().stream()
            .anyMatch(w -> w.start() > chance.start() && w.lemma().equals(first.lemma()));
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
    boolean same =
        act.isPresent() && first.isPresent() && act.get().lemma().equals(first.get().lemma());
    return same || first.filter(word -> orders(claim, word, evidence, chance)).isPresent();
  }
}
