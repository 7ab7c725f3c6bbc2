package io.candor.tuning.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds exchanges that say what another one said. Those of one conversation may be alike: a person
 * made them so. Similarity is that of the sets of three words that follow each other (Broder 1997).
 */
final class Duplicates {
  /** From this Jaccard similarity on, two exchanges teach the same. */
  static final double NEAR = 0.8;

  private static final int WIDTH = 3;

  /**
   * Two texts as similar as that share one of so many least hashes, but for one pair in 400,000.
   */
  private static final int SKETCH = 8;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private final Set<String> seen = new HashSet<>();
  private final Map<Integer, List<Text>> bySketch = new HashMap<>();

  private record Text(String conversation, Set<Integer> shingles) {}

  /** Why it should not be there; empty for one that is new, which is then known. */
  Optional<Reason> reason(Exchange exchange) {
    var all = "%s\n%s\n%s".formatted(exchange.question(), exchange.facts(), exchange.answer());
    if (!seen.add(all)) {
      return Optional.of(Reason.DUPLICATE);
    }
    var text = new Text(exchange.conversation(), shingles(all));
    var sketch = text.shingles.stream().sorted().limit(SKETCH).toList();
    boolean near =
        sketch.stream()
            .flatMap(hash -> bySketch.getOrDefault(hash, List.of()).stream())
            .filter(other -> !other.conversation.equals(text.conversation))
            .anyMatch(other -> similarity(text.shingles, other.shingles) >= NEAR);
    if (near) {
      return Optional.of(Reason.NEAR_DUPLICATE);
    }
    sketch.forEach(hash -> bySketch.computeIfAbsent(hash, _ -> new ArrayList<>()).add(text));
    return Optional.empty();
  }

  /** The Jaccard similarity, 0 to 1. */
  static double similarity(Set<Integer> one, Set<Integer> other) {
    long shared = one.stream().filter(other::contains).count();
    return (double) shared / (one.size() + other.size() - shared);
  }

  /** Its runs of words, by which texts are compared. */
  static Set<Integer> shingles(String text) {
    var words =
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
    if (words.size() < WIDTH) {
      return Set.of(words.hashCode());
    }
    return IntStream.rangeClosed(0, words.size() - WIDTH)
        .mapToObj(i -> mixed(words.subList(i, i + WIDTH).hashCode()))
        .collect(Collectors.toSet());
  }

  /** The finaliser of MurmurHash3: similar words get hashes that have nothing in common. */
  private static int mixed(int hash) {
    int a = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    int b = (a ^ (a >>> 13)) * 0xc2b2ae35;
    return b ^ (b >>> 16);
  }
}
