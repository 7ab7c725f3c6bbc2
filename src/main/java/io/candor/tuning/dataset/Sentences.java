package io.candor.tuning.dataset;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text taken apart, by lines and by the Unicode rules for sentences. */
final class Sentences {
  private Sentences() {}

  static List<String> of(String text) {
    var sentences = new ArrayList<String>();
    for (var line : text.lines().toList()) {
      var breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
      breaks.setText(line);
      int start = breaks.first();
      for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
        var sentence = line.substring(start, end).strip();
        if (!sentence.isEmpty()) {
          sentences.add(sentence);
        }
        start = end;
      }
    }
    return sentences;
  }
}
