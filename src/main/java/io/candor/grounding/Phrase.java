package io.candor.grounding;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A stretch of a clause that a restyling keeps or leaves out; what opens it says what leaving it
 * out does to the rest.
 *
 * @param opener its preposition or relative pronoun, in lower case; "" for the clause's core
 * @param predicate whether it stands after the clause's first verb
 */
record Phrase(Sort sort, String opener, boolean predicate, List<Token> tokens) {

  enum Sort {
    /** Subject, verb, objects. */
    CORE,
    /** "in Ireland", "for orders over 50". */
    PREPOSITION,
    /** "that contain batteries". */
    RELATIVE
  }

  /** The article before a token of this phrase, else "". */
  String determiner(Token token) {
    int at = tokens.indexOf(token);
    return IntStream.iterate(at - 1, i -> i >= 0, i -> i - 1)
        .mapToObj(i -> tokens.get(i).lower())
        .filter(word -> word.matches("an?|the|your|our|this|these|my"))
        .findFirst()
        .orElse("");
  }
}
