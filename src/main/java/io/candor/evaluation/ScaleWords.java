package io.candor.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Words with the frequencies of a large collection (Zipf and Mandelbrot): the demo documents' own,
 * most frequent first, and behind them made-up ones, as product names and numbers would be.
 */
final class ScaleWords {
  /** By Heaps' law about as many as a million passages hold. */
  private static final int NUMBER = 250_000;

  private static final double SHIFT = 2.7;
  private static final double EXPONENT = 1.05;

  /** Beyond the core of a language the frequencies fall faster. */
  private static final int CORE = 5_000;

  private static final double TAIL_EXPONENT = 1.8;

  /** Above this rank are the words that every text has. */
  private static final int COMMON = 150;

  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{Alpha}]+");

  private final List<String> known = demoWords();
  private final double[] cumulative = new double[NUMBER];

  ScaleWords() {
    double sum = 0;
    for (int rank = 0; rank < NUMBER; rank++) {
      double core = Math.pow(Math.min(rank + 1, CORE) + SHIFT, -EXPONENT);
      sum += rank < CORE ? core : core * Math.pow((rank + 1.0) / CORE, -TAIL_EXPONENT);
      cumulative[rank] = sum;
    }
  }

  private static List<String> demoWords() {
    Map<String, Integer> counts = new HashMap<>();
    for (String document : resource("/demo/index.txt").lines().toList()) {
      for (String word : NO_WORD.split(resource("/demo/" + document).toLowerCase(Locale.ROOT))) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    counts.remove("");
    return counts.keySet().stream()
        .sorted(Comparator.comparing(counts::get).reversed().thenComparing(word -> (String) word))
        .toList();
  }

  private static String resource(String name) {
    try (InputStream in = ScaleWords.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Any word, as often as it is written. */
  String any(RandomGenerator random) {
    return word(rank(random.nextDouble() * cumulative[NUMBER - 1]));
  }

  /** Words that tell a subject from others, the first the most typical. */
  List<String> subject(int size, RandomGenerator random) {
    var words = new ArrayList<String>(size);
    double common = cumulative[COMMON];
    for (int i = 0; i < size; i++) {
      double rest = cumulative[NUMBER - 1] - common;
      words.add(word(rank(common + random.nextDouble() * rest)));
    }
    return words;
  }

  private int rank(double mass) {
    int place = Arrays.binarySearch(cumulative, mass);
    return Math.min(place < 0 ? -place - 1 : place, NUMBER - 1);
  }

  private String word(int rank) {
    if (rank < known.size()) {
      return known.get(rank);
    }
    var word = new StringBuilder();
    for (int rest = rank; rest > 0; rest /= CONSONANTS.length() * VOWELS.length()) {
      int syllable = rest % (CONSONANTS.length() * VOWELS.length());
      word.append(CONSONANTS.charAt(syllable / VOWELS.length()));
      word.append(VOWELS.charAt(syllable % VOWELS.length()));
    }
    return word.append('k').toString();
  }
}
