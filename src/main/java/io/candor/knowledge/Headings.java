package io.candor.knowledge;

import java.util.ArrayList;
import java.util.List;

/** The headings above the place that a parser has reached. */
final class Headings {
  private static final int LONGEST = 300;

  private record Heading(int level, String words) {}

  private final List<Heading> path = new ArrayList<>();

  void enter(int level, String words) {
    path.removeIf(heading -> heading.level() >= level);
    if (!words.isBlank()) {
      path.add(new Heading(level, words.strip().replaceAll("\\s+", " ")));
    }
  }

  /** The path as text, with what a table's columns are called, if anything. */
  String with(List<String> columns) {
    var words = new ArrayList<>(path.stream().map(Heading::words).toList());
    var names = columns.stream().filter(name -> !name.isBlank()).toList();
    if (!names.isEmpty()) {
      words.add(String.join(" | ", names));
    }
    var text = String.join(" > ", words);
    return text.length() <= LONGEST ? text : text.substring(0, safeEnd(text)) + "…";
  }

  private static int safeEnd(String text) {
    return Character.isLowSurrogate(text.charAt(LONGEST)) ? LONGEST - 1 : LONGEST;
  }
}
