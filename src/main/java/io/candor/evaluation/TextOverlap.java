package io.candor.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How near a reply is to a person's, by the words that they share. ROUGE as F1 of lower-cased words
 * without stemming (Lin 2004, as rouge-score counts), BLEU of one sentence with exponential
 * smoothing (Papineni et al. 2002; Chen and Cherry 2014, method 3, sacrebleu's default).
 */
final class TextOverlap {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");
  private static final int LONGEST = 4;

  private final String said;
  private final String reference;

  TextOverlap(String said, String reference) {
    this.said = said;
    this.reference = reference;
  }

  /** All of them by name. */
  Map<String, Double> scores() {
    return Map.of("rouge-1", rouge(1), "rouge-2", rouge(2), "rouge-l", rougeL(), "bleu", bleu());
  }

  /** The F1 of shared sequences of n words, 0 to 1. */
  double rouge(int n) {
    var ours = count(words(said), n);
    var theirs = count(words(reference), n);
    return f1(shared(ours, theirs), total(ours), total(theirs));
  }

  /** The F1 of the longest common subsequence of words, 0 to 1. */
  double rougeL() {
    var ours = words(said);
    var theirs = words(reference);
    var above = new int[theirs.size() + 1];
    for (var word : ours) {
      var row = new int[theirs.size() + 1];
      for (int j = 1; j <= theirs.size(); j++) {
        row[j] = word.equals(theirs.get(j - 1)) ? above[j - 1] + 1 : Math.max(row[j - 1], above[j]);
      }
      above = row;
    }
    return f1(above[theirs.size()], ours.size(), theirs.size());
  }

  /** 0 to 1; case counts, and punctuation marks are tokens. */
  double bleu() {
    var ours = tokens(said, TOKEN);
    var theirs = tokens(reference, TOKEN);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return 0;
    }
    double logs = 0;
    double smoothing = 1;
    int orders = Math.min(LONGEST, ours.size());
    for (int n = 1; n <= orders; n++) {
      var grams = count(ours, n);
      double matched = shared(grams, count(theirs, n));
      if (matched == 0) {
        if (n == 1) {
          return 0;
        }
        smoothing *= 2;
        matched = 1 / smoothing;
      }
      logs += Math.log(matched / total(grams));
    }
    double brevity = Math.min(0, 1 - (double) theirs.size() / ours.size());
    return Math.exp(logs / orders + brevity);
  }

  private static List<String> words(String text) {
    return tokens(text.toLowerCase(Locale.ROOT), WORD);
  }

  private static List<String> tokens(String text, Pattern token) {
    return token.matcher(text).results().map(match -> match.group()).toList();
  }

  private static Map<List<String>, Integer> count(List<String> words, int n) {
    var counts = new HashMap<List<String>, Integer>();
    sequences(words, n).forEach(gram -> counts.merge(gram, 1, Integer::sum));
    return counts;
  }

  private static Stream<List<String>> sequences(List<String> words, int n) {
    return IntStream.rangeClosed(0, words.size() - n).mapToObj(i -> words.subList(i, i + n));
  }

  private static int shared(Map<List<String>, Integer> ours, Map<List<String>, Integer> theirs) {
    return ours.entrySet().stream()
        .mapToInt(gram -> Math.min(gram.getValue(), theirs.getOrDefault(gram.getKey(), 0)))
        .sum();
  }

  private static int total(Map<List<String>, Integer> counts) {
    return counts.values().stream().mapToInt(count -> count).sum();
  }

  private static double f1(double shared, double ours, double theirs) {
    return ours + theirs == 0 ? 0 : 2 * shared / (ours + theirs);
  }
}
