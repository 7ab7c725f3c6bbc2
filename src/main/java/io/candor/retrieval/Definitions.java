package io.candor.retrieval;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a name in a question is called where the answer is: "Zone 3: Cyprus, Estonia, Finland" says
 * that the price for Finland is that of Zone 3.
 */
final class Definitions {
  private static final int FEWEST_MEMBERS = 3;
  private static final int LONGEST_TERM = 40;

  private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");
  private static final Pattern TERM =
      Pattern.compile("^([^:.,]{2,%d}):\\s".formatted(LONGEST_TERM));
  private static final Pattern MEMBER =
      Pattern.compile("(?<=[,:] |\\band |\\bthe )\\p{Lu}[\\p{L}’'-]+");

  private Definitions() {}

  /** What stands before the list that names a word of the question, or above it. */
  static Optional<String> of(String question, List<Hit> hits) {
    var words = WORD.matcher(question).results().map(word -> word.group()).toList();
    return hits.stream()
        .flatMap(hit ->
            hit.text()
                .lines()
                .map(OwnWords::plain)
                .filter(line -> names(line, words))
                .map(line -> term(line, hit)))
        .filter(term -> !term.isEmpty() && !question.contains(term))
        .findFirst();
  }

  private static boolean names(String line, List<String> words) {
    var members = MEMBER.matcher(line).results().map(member -> member.group()).toList();
    return members.size() >= FEWEST_MEMBERS
        && words.stream().anyMatch(word -> members.stream().anyMatch(word::equalsIgnoreCase));
  }

  private static String term(String line, Hit hit) {
    Matcher term = TERM.matcher(line);
    return term.find() ? term.group(1) : hit.innermostHeading();
  }
}
