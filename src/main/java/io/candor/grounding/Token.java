package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A word or a value of a clause, in the order of the text: one of the two is null. */
record Token(Word word, Fact fact) {
  private static final Set<String> PREPOSITIONS =
      Set.of(
          ("of in on at for to from with without within during by via through under over between"
                  + " among per against across after before until about than as into outside inside"
                  + " while since near towards throughout beyond up instead")
              .split(" "));

  int start() {
    return word == null ? fact.start() : word.start();
  }

  String lower() {
    return word == null ? "" : word.lower();
  }

  boolean content() {
    return word == null || word.content();
  }

  boolean isVerb() {
    return word != null && Clauses.isVerb(word);
  }

  boolean isPreposition() {
    return PREPOSITIONS.contains(lower());
  }

  String text() {
    return word == null ? fact.text() : word.text();
  }

  /** The clause's words and values. */
  static List<Token> of(Clause clause) {
    var tokens = new ArrayList<Token>();
    clause.words().forEach(word -> tokens.add(new Token(word, null)));
    clause.facts().forEach(fact -> tokens.add(new Token(null, fact)));
    tokens.sort((a, b) -> Integer.compare(a.start(), b.start()));
    return tokens;
  }
}
