package io.candor.grounding;

import io.candor.grounding.Phrase.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a clause into phrases at commas, prepositions, relative pronouns and verbs. */
final class Phrases {
  private static final Set<String> RELATIVES = Set.of("that", "who", "which", "whose", "whom");
  private static final Set<String> PRONOUNS = Set.of("you", "we", "they", "it", "i");

  private final List<Token> tokens;
  private final List<Phrase> phrases = new ArrayList<>();
  private List<Token> current = new ArrayList<>();
  private Sort sort = Sort.CORE;
  private String opener = "";
  private boolean predicate;

  private Phrases(List<Token> tokens) {
    this.tokens = tokens;
  }

  static List<Phrase> of(Clause clause) {
    return new Phrases(Token.of(clause)).cut();
  }

  private List<Phrase> cut() {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean verb = token.isVerb();
      if (token.lower().equals(",")) {
        open(Sort.CORE, "");
      } else if (RELATIVES.contains(token.lower()) && followsNoun(i)) {
        open(Sort.RELATIVE, token.lower());
      } else if (sort == Sort.PREPOSITION && bounded(token)) {
        open(Sort.CORE, "");
      } else if (token.isPreposition()) {
        open(Sort.PREPOSITION, token.lower());
      } else if (verb) {
        if (sort == Sort.CORE || current.stream().skip(1).anyMatch(Token::content)) {
          open(Sort.CORE, "");
          predicate = true;
        }
      } else if (sort == Sort.CORE && PRONOUNS.contains(token.lower())) {
        open(Sort.CORE, "");
        predicate = true;
      }
      current.add(token);
    }
    open(Sort.CORE, "");
    return phrases;
  }

  /** A value with its bound has a preposition of its own: "to you within 5 days". */
  private static boolean bounded(Token token) {
    return token.fact() != null && token.fact().bound() != Fact.Bound.NONE;
  }

  private boolean followsNoun(int i) {
    return i > 0 && tokens.get(i - 1).content();
  }

  private void open(Sort next, String word) {
    if (!current.isEmpty()) {
      phrases.add(new Phrase(sort, opener, predicate, List.copyOf(current)));
      current = new ArrayList<>();
    }
    sort = next;
    opener = word;
  }
}
