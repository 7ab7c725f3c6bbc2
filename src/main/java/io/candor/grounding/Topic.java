package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the question named, so that its answer need not: "60 days." to "How long can I return it?".
 * What the question denies, compares or joins is not named by it: of "tents and boots", the answer
 * must say which it means.
 *
 * @param leave whether it asks for permission
 */
record Topic(Set<String> lemmas, boolean leave) {
  static final Topic NONE = new Topic(Set.of(), false);

  /** "Can I", "may we": it asks whether something is permitted. */
  private static final Pattern LEAVE =
      Pattern.compile("\\b(?:can|may|could) (?:i|we)\\b(?! be\\b)", Pattern.CASE_INSENSITIVE);

  private static final String JOINS =
      "and|or|nor|vs|versus|than|instead|rather|not|no|without|except|unless|besides|but";

  static Topic of(String question) {
    if (question == null || question.isBlank()) {
      return NONE;
    }
    var lemmas = new HashSet<String>();
    for (Clause clause : Reading.of(question).clauses()) {
      if (!clause.negated()) {
        named(clause.words(), lemmas);
      }
    }
    return new Topic(Set.copyOf(lemmas), LEAVE.matcher(question).find());
  }

  private static void named(List<Word> words, Set<String> lemmas) {
    List<Word> said = words.stream().filter(Topic::counts).toList();
    for (int i = 0; i < said.size(); i++) {
      boolean joined =
          i > 0 && joins(said.get(i - 1)) || i + 1 < said.size() && joins(said.get(i + 1));
      if (!joined && said.get(i).content() && !said.get(i).denied()) {
        lemmas.add(said.get(i).lemma());
      }
    }
  }

  private static boolean counts(Word word) {
    return word.content() || joins(word);
  }

  private static boolean joins(Word word) {
    return word.lower().matches(JOINS);
  }

  boolean names(Word word) {
    return !word.denied() && lemmas.contains(word.lemma());
  }
}
