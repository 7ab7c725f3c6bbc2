package io.candor.security;

import io.candor.evaluation.PiiCorpus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts by word, as Presidio's evaluator does: a marked word counts as found when any masked span
 * covers it.
 */
final class PiiScores {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private final Map<String, int[]> spansByLabel = new TreeMap<>();
  private int markedWords;
  private int foundWords;
  private int falseWords;
  private int otherWords;

  static PiiScores of(PersonalData detector, List<PiiCorpus.Example> examples) {
    var scores = new PiiScores();
    examples.forEach(example -> scores.count(example, detector.find(example.text())));
    return scores;
  }

  private void count(PiiCorpus.Example example, List<PiiSpan> spans) {
    for (var marked : example.marked()) {
      int[] counts = spansByLabel.computeIfAbsent(marked.label(), label -> new int[2]);
      counts[0]++;
      int covered =
          spans.stream()
              .mapToInt(s ->
                  Math.max(
                      0, Math.min(s.end(), marked.end()) - Math.max(s.start(), marked.start())))
              .sum();
      counts[1] += covered * 2 > marked.end() - marked.start() ? 1 : 0;
    }
    Matcher words = WORD.matcher(example.text());
    while (words.find()) {
      boolean marked =
          example.marked().stream()
              .anyMatch(m -> m.start() < words.end() && words.start() < m.end());
      boolean masked =
          spans.stream().anyMatch(s -> s.start() < words.end() && words.start() < s.end());
      markedWords += marked ? 1 : 0;
      otherWords += marked ? 0 : 1;
      foundWords += marked && masked ? 1 : 0;
      falseWords += !marked && masked ? 1 : 0;
    }
  }

  double precision() {
    return (double) foundWords / Math.max(1, foundWords + falseWords);
  }

  double recall() {
    return (double) foundWords / Math.max(1, markedWords);
  }

  double falseRedactions() {
    return (double) falseWords / Math.max(1, otherWords);
  }

  double spanRecall(String label) {
    int[] counts = spansByLabel.getOrDefault(label, new int[2]);
    return (double) counts[1] / Math.max(1, counts[0]);
  }

  @Override
  public String toString() {
    var text =
        new StringBuilder(
            "precision %.3f recall %.3f false redactions %.4f"
                .formatted(precision(), recall(), falseRedactions()));
    spansByLabel.forEach((label, counts) ->
        text.append(
            String.format(
                Locale.ROOT,
                "%n  %-24s %5d spans, recall %.3f",
                label,
                counts[0],
                spanRecall(label))));
    return text.toString();
  }
}
