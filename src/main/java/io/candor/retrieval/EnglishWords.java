package io.candor.retrieval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * American and British English, from SCOWL's word lists, with the words and names of BERT's
 * vocabulary, which is ordered by frequency.
 *
 * @param ranks common words; the most frequent has rank 0
 * @param rare words and names that are spelt right, but too rare to be meant by a misspelling
 * @param byLength the common words by their number of letters
 */
record EnglishWords(Map<String, Integer> ranks, Set<String> rare, List<List<String>> byLength) {
  private static final String RESOURCE = "english-words.txt.gz";
  private static final int LONGEST = 32;

  static EnglishWords shipped() {
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
    var byLength =
        IntStream.rangeClosed(0, LONGEST).<List<String>>mapToObj(_ -> new ArrayList<>()).toList();
    ranks.keySet().forEach(word -> byLength.get(word.length()).add(word));
    return new EnglishWords(ranks, rare, byLength);
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

  /** Common words that may be one edit away, by their length. */
  Stream<String> aboutAsLongAs(String word) {
    return IntStream.rangeClosed(word.length() - 1, word.length() + 1)
        .filter(length -> length >= 0 && length <= LONGEST)
        .mapToObj(byLength::get)
        .flatMap(List::stream);
  }
}
