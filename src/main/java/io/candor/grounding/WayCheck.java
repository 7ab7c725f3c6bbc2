package io.candor.grounding;

import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares where from and where to, and what is taken in whose stead. */
final class WayCheck {
  private static final Map<String, String> OPPOSITES =
      Map.of(
          "to", "from", "from", "to", "over", "under", "under", "over", "above", "below", "below",
          "above", "on", "off", "off", "on");
  private static final int NEAR = 4;

  private WayCheck() {}

  static List<Difference> differences(Alignment alignment) {
    Reading claim = alignment.claim();
    Reading evidence = alignment.evidence().reading();
    return otherWay(claim.words(), evidence.words()) || otherStead(claim, evidence)
        ? List.of(Difference.conflict(Kind.NAME, claim.plain(), evidence.plain()))
        : List.of();
  }

  /** Whether the claim says "to" of what the evidence says only "from", and the like. */
  private static boolean otherWay(List<Word> claim, List<Word> evidence) {
    Set<String> ways = ways(evidence);
    return ways(claim).stream()
        .map(way -> way.split(" "))
        .anyMatch(way ->
            ways.contains(OPPOSITES.get(way[0]) + " " + way[1])
                && !ways.contains(way[0] + " " + way[1]));
  }

  /** Each preposition that has an opposite, with the lemma of what it stands before. */
  private static Set<String> ways(List<Word> words) {
    var ways = new HashSet<String>();
    for (int i = 0; i < words.size(); i++) {
      String preposition = words.get(i).lower();
      if (OPPOSITES.containsKey(preposition)) {
        words.subList(i + 1, Math.min(words.size(), i + NEAR)).stream()
            .takeWhile(word -> !word.punctuation())
            .filter(Word::content)
            .findFirst()
            .ifPresent(word -> ways.add(preposition + " " + word.lemma()));
      }
    }
    return ways;
  }

  /**
   * Whether one takes what the other leaves: "cards instead of cash", "the shop, not the depot".
   */
  private static boolean otherStead(Reading claim, Reading evidence) {
    Set<String> left = left(claim.words());
    Set<String> found = left(evidence.words());
    return left.stream().anyMatch(w -> evidence.lemmas().contains(w) && !found.contains(w))
        || found.stream().anyMatch(w -> claim.lemmas().contains(w) && !left.contains(w));
  }

  private static Set<String> left(List<Word> words) {
    var left = new HashSet<String>();
    for (int i = 1; i < words.size(); i++) {
      String two = words.get(i - 1).lower() + " " + words.get(i).lower();
      if (two.matches("instead of|rather than|, not")) {
        words.stream()
            .skip(i + 1L)
            .takeWhile(
                word -> !word.punctuation() && !word.lower().matches("if|when|unless|because"))
            .filter(Word::content)
            .forEach(word -> left.add(word.lemma()));
        words.stream().limit(i).forEach(word -> left.remove(word.lemma()));
      }
    }
    return left;
  }
}
