package io.candor.retrieval;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Words of a sentence, for comparing a handful of sentences; search itself uses PostgreSQL's. */
final class Words {
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+|\\R+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can",
          "could", "did", "do", "does", "for", "from", "get", "had", "has", "have", "how", "i",
          "if", "in", "is", "it", "its", "me", "my", "of", "on", "or", "our", "should", "so",
          "that", "the", "their", "there", "this", "to", "us", "was", "we", "what", "when", "where",
          "which", "who", "why", "will", "with", "would", "you", "your");
  private static final Pattern ENDING =
      Pattern.compile("(?<=\\p{L}{3})(?:ing|ied|ies|ed|es|s|y|e)$");

  private Words() {}

  /** Lower-case, without function words, and without the commonest English endings. */
  static List<String> of(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .filter(word -> !FUNCTION_WORDS.contains(word))
        .map(word -> ENDING.matcher(word).replaceFirst(""))
        .toList();
  }

  /** What a customer wrote, by sentences; that of a document is read by {@link Units}. */
  static List<String> sentences(String message) {
    return SENTENCE_END.splitAsStream(message).map(String::strip).toList();
  }

  /** Jaccard: shared words over all words. */
  static double similarity(List<String> one, List<String> other) {
    var all = new HashSet<>(one);
    all.addAll(other);
    var shared = new HashSet<>(one);
    shared.retainAll(new HashSet<>(other));
    return all.isEmpty() ? 0 : (double) shared.size() / all.size();
  }
}
