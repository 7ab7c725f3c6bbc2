package io.candor.knowledge;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text's runs of {@value #WIDTH} words, by which texts are compared, and the numbers under which
 * similar ones are found: MinHash in bands (Broder 1997; Leskovec et al., Mining of Massive
 * Datasets, chapter 3).
 */
record Shingles(Set<Long> hashes, long whole) {
  private static final int WIDTH = 4;
  private static final int BANDS = 16;
  private static final int ROWS = 4;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /** Of what a reader sees of a document; of a question with its answer, the question too. */
  static Shingles of(Draft draft, List<Passage> passages) {
    return of(
        "" + draft.kind(),
        draft.title(),
        passages.stream().map(p -> p.heading() + " " + p.text()).collect(Collectors.joining(" ")));
  }

  static Shingles of(String kind, String title, String text) {
    var read = kind.equals("" + Kind.FAQ) ? title + " " + text : text;
    var words =
        WORD.matcher(read.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
    var hashes = new HashSet<Long>();
    for (int i = 0; i == 0 || i + WIDTH <= words.size(); i++) {
      hashes.add(hash(words.subList(i, Math.min(i + WIDTH, words.size()))));
    }
    return new Shingles(hashes, hash(words));
  }

  /** Two texts of Jaccard similarity .8 share a number with probability .9998, of .5 with .64. */
  long[] bands() {
    var bands = new long[BANDS + 1];
    bands[BANDS] = whole;
    for (int band = 0; band < BANDS; band++) {
      long joined = band;
      for (int row = 0; row < ROWS; row++) {
        long seed = mix(band * ROWS + row + 1);
        long least = hashes.stream().mapToLong(hash -> mix(hash ^ seed)).min().orElse(0);
        joined = mix(joined * 31 + least);
      }
      bands[band] = joined;
    }
    return Arrays.stream(bands).distinct().toArray();
  }

  /** The Jaccard similarity; 1 only for the same words in the same order. */
  double similarity(Shingles other) {
    if (whole == other.whole) {
      return 1;
    }
    long shared = hashes.stream().filter(other.hashes::contains).count();
    double similarity = (double) shared / (hashes.size() + other.hashes.size() - shared);
    return Math.min(similarity, .999);
  }

  private static long hash(List<String> words) {
    long hash = 1125899906842597L;
    for (var word : words) {
      for (int i = 0; i < word.length(); i++) {
        hash = 31 * hash + word.charAt(i);
      }
      hash = mix(hash + 1);
    }
    return hash;
  }

  /** The finaliser of SplitMix64: every bit of the result depends on every bit. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
