package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the evidence that a claim is compared with. */
final class Candidates {
  private Candidates() {}

  /** Those that share most of the claim's words, rare ones first, and its sorts of values. */
  static List<Evidence> best(Reading claim, List<Evidence> evidence, int most) {
    Map<String, Double> weights = weights(claim, evidence);
    var scored = new ArrayList<Map.Entry<Evidence, Double>>();
    for (Evidence candidate : evidence) {
      double score = overlap(weights, candidate);
      if (score > 0 || !candidate.reading().facts().isEmpty()) {
        scored.add(Map.entry(candidate, score + factScore(claim, candidate)));
      }
    }
    scored.sort(Map.Entry.<Evidence, Double>comparingByValue(Comparator.reverseOrder()));
    return scored.stream().limit(most).map(Map.Entry::getKey).toList();
  }

  private static double factScore(Reading claim, Evidence candidate) {
    return claim.facts().stream()
        .filter(fact -> candidate.reading().facts().stream().anyMatch(fact::comparable))
        .count();
  }

  /** A word that few evidence sentences hold says more about where the claim comes from. */
  private static Map<String, Double> weights(Reading claim, List<Evidence> evidence) {
    Map<String, Double> weights = new HashMap<>();
    Set<String> lemmas = new HashSet<>();
    claim.content().stream().map(Word::lemma).forEach(lemmas::add);
    for (String lemma : lemmas) {
      long in = evidence.stream().filter(e -> e.reading().lemmas().contains(lemma)).count();
      weights.put(lemma, Math.log1p((evidence.size() + 1.0) / (in + 1.0)));
    }
    return weights;
  }

  /** A row is about its columns' names too. */
  private static double overlap(Map<String, Double> weights, Evidence candidate) {
    return weights.entrySet().stream()
        .filter(entry ->
            candidate.reading().lemmas().contains(entry.getKey())
                || candidate.row().isPresent() && candidate.mentions(entry.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
