package io.candor.retrieval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What a question may be about that says too little to tell: sentences of several pages, or rows of
 * one table, that all have the question's words, are as good as each other, and answer differently.
 */
public final class Rivals {
  /** In the evidence's scores; a question that says more leaves the others further behind. */
  private static final double AS_GOOD = 0.1;

  private static final int FEWEST_ROWS = 3;
  private static final int LONGEST = 60;

  private Rivals() {}

  /** Their names, the best first: a page's title, a row's first cell; none where one is meant. */
  public static List<String> of(String question, List<Evidence> evidence) {
    var asked = new HashSet<>(Words.of(question));
    var type = AnswerType.of(question);
    if (asked.isEmpty() || type == AnswerType.OPEN || evidence.isEmpty()) {
      return List.of();
    }
    var best = evidence.getFirst();
    var rivals =
        evidence.stream()
            .filter(e -> e.score() >= best.score() - AS_GOOD && type.isIn(e.words()))
            .filter(e -> Words.of(e.inContext()).containsAll(asked))
            .toList();
    var rows =
        rivals.stream()
            .filter(e -> e.isRow() && e.hit().document().equals(best.hit().document()))
            .toList();
    return rows.size() >= FEWEST_ROWS ? names(rows, true) : names(rivals, false);
  }

  private static List<String> names(List<Evidence> rivals, boolean rows) {
    var names = new ArrayList<String>();
    for (var rival : rivals) {
      var name = rows ? firstCell(rival) : rival.hit().title();
      if (name.length() <= LONGEST && !names.contains(name)) {
        names.add(name);
      }
    }
    return names.size() < 2 ? List.of() : names;
  }

  private static String firstCell(Evidence row) {
    return OwnWords.plain(row.quote().replaceFirst("^\\|?", "").replaceFirst("\\|.*", ""));
  }
}
