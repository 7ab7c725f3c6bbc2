package io.candor.retrieval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * American and British English, from SCOWL's word lists, with the words and names of BERT's
 * vocabulary, which is ordered by frequency.
 *
 * @param ranks common words; the most frequent has rank 0
 * @param rare words and names that are spelt right, but too rare to be meant by a misspelling
 * @param common the common words by first letter and length
 */
record EnglishWords(Map<String, Integer> ranks, Set<String> rare, Map<Shape, List<String>> common) {
  record Shape(char first, int length) {}

  private static final String RESOURCE = "english-words.txt.gz";

  /** Read once. */
  private static final class Shipped {
    static final EnglishWords WORDS = read();
  }

  static EnglishWords shipped() {
    return Shipped.WORDS;
  }

  private static EnglishWords read() {
    var ranks = new HashMap<String, Integer>(32_768);
    var rare = new HashSet<String>(131_072);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(EnglishWords.class.getResourceAsStream(RESOURCE)),
                StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
        ranks.put(line, ranks.size());
      }
      lines.lines().forEach(rare::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var common =
        ranks.keySet().stream()
            .collect(Collectors.groupingBy(word -> new Shape(word.charAt(0), word.length())));
    return new EnglishWords(ranks, rare, common);
  }

  boolean has(String word) {
    return ranks.containsKey(word) || rare.contains(word);
  }

  boolean isCommon(String word) {
    return ranks.containsKey(word);
  }

  /** Its place by frequency; that of the rarest common word for any other. */
  int rank(String word) {
    return ranks.getOrDefault(word, ranks.size());
  }

  /** 0 for the most frequent to 1 for what is not common, by the logarithm of its rank. */
  double rarity(String word) {
    return Math.log(1 + rank(word.toLowerCase(Locale.ROOT))) / Math.log(1 + ranks.size());
  }

  /** Common words of about its length that begin as it does, or with its second letter. */
  Stream<String> resembling(String word) {
    return IntStream.rangeClosed(word.length() - 1, word.length() + 1)
        .boxed()
        .flatMap(length ->
            Stream.of(word.charAt(0), word.charAt(1))
                .distinct()
                .map(first -> common.getOrDefault(new Shape(first, length), List.of())))
        .flatMap(List::stream);
  }
}
