package io.candor.retrieval;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a question may be about that says too little to tell: rows of one table or sentences of
 * several pages that all have the question's words, are about as good as each other, and give
 * different figures. The more words a question has, the more pages it takes to doubt it.
 */
public final class Rivals {
  /** In the evidence's scores; a question that says more leaves the others further behind. */
  private static final double AS_GOOD = 0.2;

  private static final int FEWEST_ROWS = 3;
  private static final int MOST_WORDS = 2;
  private static final int LONGEST_NAME = 80;

  private static final Pattern FIGURE = Pattern.compile("\\d+(?:[.,:]\\d+)*");

  private Rivals() {}

  /**
   * Their names, the best first: a row's first cell, a page's title; none where one is meant.
   *
   * @param about the question's words that say what it is about
   */
  public static List<String> of(String question, List<String> about, List<Evidence> evidence) {
    var asked = Words.of(String.join(" ", about));
    var type = AnswerType.of(question);
    if (asked.isEmpty()
        || asked.size() > MOST_WORDS
        || type == AnswerType.OPEN
        || evidence.isEmpty()) {
      return List.of();
    }
    double best = evidence.getFirst().score();
    var fitting =
        evidence.stream()
            .filter(e -> e.score() >= best - AS_GOOD && type.isIn(e.words()))
            .filter(e -> Words.of(e.inContext()).containsAll(asked))
            .toList();
    var rows = fitting.stream().filter(Evidence::isRow).toList();
    if (rows.size() >= FEWEST_ROWS) {
      return names(rows, FEWEST_ROWS, Rivals::firstCell);
    }
    var isNamed = fitting.stream().anyMatch(e -> asked.containsAll(Words.of(e.hit().title())));
    return isNamed ? List.of() : names(fitting, asked.size() + 1, e -> e.hit().title());
  }

  private static List<String> names(
      List<Evidence> rivals, int fewest, Function<Evidence, String> name) {
    var figures = new HashSet<Set<String>>();
    var names =
        rivals.stream()
            .filter(e -> figures.add(figures(e)))
            .map(name)
            .filter(n -> n.length() <= LONGEST_NAME)
            .distinct()
            .toList();
    return names.size() < fewest ? List.of() : names;
  }

  private static Set<String> figures(Evidence evidence) {
    return new HashSet<>(
        FIGURE.matcher(evidence.words()).results().map(MatchResult::group).toList());
  }

  private static String firstCell(Evidence row) {
    return OwnWords.plain(row.quote().replaceFirst("^\\|", "").replaceFirst("\\|.*", ""));
  }
}
