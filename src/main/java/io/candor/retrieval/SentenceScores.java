package io.candor.retrieval;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** BM25 (k1 = 1.2, b = 0.75) among a handful of sentences, given as their words. */
final class SentenceScores {
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final Map<String, Integer> sentencesWith = new HashMap<>();
  private final int sentences;
  private final double meanLength;

  SentenceScores(List<List<String>> sentences) {
    this.sentences = sentences.size();
    this.meanLength = sentences.stream().mapToInt(List::size).average().orElse(0);
    for (var words : sentences) {
      for (var word : new HashSet<>(words)) {
        sentencesWith.merge(word, 1, Integer::sum);
      }
    }
  }

  double bm25(List<String> query, List<String> sentence) {
    double length = K1 * (1 - B + B * sentence.size() / Math.max(1, meanLength));
    double sum = 0;
    for (var word : new HashSet<>(query)) {
      int frequency = Collections.frequency(sentence, word);
      sum += idf(word) * (K1 + 1) * frequency / (frequency + length);
    }
    return sum;
  }

  private double idf(String word) {
    int n = sentencesWith.getOrDefault(word, 0);
    return Math.log(1 + (sentences - n + 0.5) / (n + 0.5));
  }
}
