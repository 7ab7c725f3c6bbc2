package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The stretches of a sentence that limit nothing: reasons, examples, and remarks set off by commas.
 */
record Asides(List<Range> ranges) {
  /** Characters [start, end) of the sentence. */
  record Range(int start, int end) {}

  private static final Set<String> REASONS =
      Set.of(
          "because", "because of", "due to", "thanks to", "owing to", "so that", "so you", "so we");
  private static final Set<String> EXAMPLES =
      Set.of("such as", "for example", "for instance", "including", "e.g", "i.e");
  private static final Set<String> REMARKS = Set.of("which", "who", "whose", "as", "since", "so");
  private static final Set<String> LIMITING =
      Set.of(
          "if",
          "unless",
          "only",
          "except",
          "not",
          "no",
          "must",
          "when",
          "provided",
          "waived",
          "without",
          "but");
  private static final String SAKE =
      "reasons?|security|safety|convenience|comfort|protection|peace|record";
  private static final int SAKE_WORDS = 3;

  static Asides of(List<Word> words) {
    var ranges = new ArrayList<Range>();
    for (int i = 0; i < words.size(); i++) {
      int end = end(words, i);
      if (end > i && (isReason(words, i) || !limits(words, i, end))) {
        int stop = end < words.size() ? words.get(end).start() : Integer.MAX_VALUE;
        ranges.add(new Range(words.get(i).start(), stop));
      }
    }
    return new Asides(ranges);
  }

  boolean holds(int position) {
    return ranges.stream().anyMatch(r -> r.start() <= position && position < r.end());
  }

  /** Where the aside ends that begins at a word; the word's own place if none begins there. */
  private static int end(List<Word> words, int i) {
    String word = words.get(i).lower();
    boolean afterComma = i > 0 && words.get(i - 1).text().equals(",");
    if (isReason(words, i)) {
      return i == 0 ? comma(words, i) : stop(words, i);
    }
    if (EXAMPLES.contains(word) || EXAMPLES.contains(two(words, i))) {
      return lastComma(words, i);
    }
    if (afterComma && REMARKS.contains(word)) {
      return comma(words, i);
    }
    return word.equals("for") ? sake(words, i) : i;
  }

  private static boolean isReason(List<Word> words, int i) {
    return REASONS.contains(words.get(i).lower()) || REASONS.contains(two(words, i));
  }

  private static String two(List<Word> words, int i) {
    String next = i + 1 < words.size() ? words.get(i + 1).lower() : "";
    return words.get(i).lower() + " " + next;
  }

  private static int stop(List<Word> words, int i) {
    int end = i;
    while (end < words.size() && !words.get(end).text().matches("[.;!?]")) {
      end++;
    }
    return end;
  }

  private static int comma(List<Word> words, int i) {
    int end = i + 1;
    while (end < words.size() && !words.get(end).text().matches("[,.;!?)]")) {
      end++;
    }
    return end;
  }

  /** The end of a list of examples: the last comma before the sentence's next verb. */
  private static int lastComma(List<Word> words, int i) {
    int end = comma(words, i);
    int next = end;
    while (next < words.size() && words.get(next).text().equals(",")) {
      int after = comma(words, next);
      if (words.subList(next, after).stream().anyMatch(Clauses::isVerb)) {
        return end;
      }
      next = after;
      end = after;
    }
    return end;
  }

  /** "For your security", "for hygiene reasons". */
  private static int sake(List<Word> words, int i) {
    for (int end = i + 1; end < Math.min(words.size(), i + 1 + SAKE_WORDS); end++) {
      if (words.get(end).lower().matches(SAKE)) {
        return end + 1;
      }
    }
    return i;
  }

  private static boolean limits(List<Word> words, int from, int to) {
    return words.subList(from, to).stream().anyMatch(word -> LIMITING.contains(word.lower()));
  }
}
