package io.candor.retrieval;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much of a question the hits of one document have among them: "delivery to Finland" is
 * answered by a table whose zones a passage further up the page explains.
 */
final class PageCoverage {
  private final Map<String, Set<String>> words = new HashMap<>();
  private final Map<String, Double> rarity = new HashMap<>();
  private final double total;

  PageCoverage(List<String> question, List<Hit> hits) {
    for (var hit : hits) {
      words
          .computeIfAbsent(hit.document(), _ -> new HashSet<>())
          .addAll(Words.of(hit.title() + " " + hit.heading() + " " + hit.text()));
    }
    for (var word : question) {
      long pages = words.values().stream().filter(page -> page.contains(word)).count();
      if (pages > 0) {
        rarity.put(word, Math.log(1 + (words.size() - pages + 0.5) / (pages + 0.5)));
      }
    }
    total = sum(rarity.keySet());
  }

  /** The share of the question's words that the page has, by their rarity among pages, 0 to 1. */
  double of(Hit hit) {
    var page = words.get(hit.document());
    return total == 0 ? 0 : sum(rarity.keySet().stream().filter(page::contains).toList()) / total;
  }

  private double sum(Collection<String> some) {
    return some.stream().mapToDouble(rarity::get).sum();
  }
}
