package io.candor.tuning.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/** A sentence, or several, and the numbers of the facts that it ends with, as {@code [1]}. */
record Marked(String text, List<Integer> facts) {
  private static final Pattern SAID = Pattern.compile("(.+?)((?:\\s*\\[\\d+])+|$)", Pattern.DOTALL);
  private static final Pattern MARKER = Pattern.compile("\\[(\\d+)]");

  Marked {
    facts = List.copyOf(facts);
  }

  static List<Marked> of(String answer) {
    var sentences = new ArrayList<Marked>();
    for (var found = SAID.matcher(answer.strip()); found.find(); ) {
      var facts =
          MARKER
              .matcher(found.group(2))
              .results()
              .map(marker -> Integer.parseInt(marker.group(1)))
              .toList();
      sentences.add(new Marked(found.group(1).strip(), facts));
    }
    return List.copyOf(sentences);
  }

  /** The same answer about facts in another order. */
  static String renumbered(String answer, IntUnaryOperator place) {
    return MARKER
        .matcher(answer)
        .replaceAll(m -> "[%d]".formatted(place.applyAsInt(Integer.parseInt(m.group(1)))));
  }
}
