package io.candor.chat;

import java.util.List;
import java.util.regex.Pattern;

/** A sentence as the model wrote it, taken apart: its words, and the facts that it says it used. */
record Markers(String words, List<Integer> cited) {
  private static final Pattern MARKER = Pattern.compile("\\s*\\[(\\d{1,3})]");

  static Markers of(String sentence, int facts) {
    var cited =
        MARKER
            .matcher(sentence)
            .results()
            .map(marker -> Integer.parseInt(marker.group(1)))
            .filter(n -> n >= 1 && n <= facts)
            .distinct()
            .sorted()
            .toList();
    return new Markers(MARKER.matcher(sentence).replaceAll("").strip(), cited);
  }
}
