package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    RELATIVE,
    /** A reason, an example, or a remark set off by commas: it limits nothing. */
    ASIDE
  }

  /** A word or a value of a clause, in the order of the text: one of the two is null. */
  record Token(Word word, Fact fact) {
    int start() {
      return word == null ? fact.start() : word.start();
    }

    String lower() {
      return word == null ? "" : word.lower();
    }

    boolean content() {
      return word == null || word.content();
    }
  }

  private static final Set<String> PREPOSITIONS =
      Set.of(
          "of",
          "in",
          "on",
          "at",
          "for",
          "to",
          "from",
          "with",
          "without",
          "within",
          "during",
          "by",
          "via",
          "through",
          "under",
          "over",
          "between",
          "among",
          "per",
          "against",
          "across",
          "after",
          "before",
          "until",
          "about",
          "than",
          "as",
          "into",
          "outside",
          "inside",
          "while",
          "since",
          "near",
          "towards",
          "throughout",
          "beyond",
          "up",
          "instead");
  private static final Set<String> RELATIVES = Set.of("that", "who", "which", "whose", "whom");
  private static final Set<String> PRONOUNS = Set.of("you", "we", "they", "it", "i");

  /** The clause's phrases in order; whether a comma stands before it tells what "which" opens. */
  static List<Phrase> of(Clause clause, boolean afterComma) {
    return new Cutter(tokens(clause), afterComma).cut();
  }

  static List<Token> tokens(Clause clause) {
    var tokens = new ArrayList<Token>();
    clause.words().forEach(word -> tokens.add(new Token(word, null)));
    clause.facts().forEach(fact -> tokens.add(new Token(null, fact)));
    tokens.sort((a, b) -> Integer.compare(a.start(), b.start()));
    return tokens;
  }

  static boolean isPreposition(Token token) {
    return PREPOSITIONS.contains(token.lower());
  }

  private static final class Cutter {
    private final List<Token> tokens;
    private final List<Phrase> phrases = new ArrayList<>();
    private List<Token> current = new ArrayList<>();
    private Sort sort = Sort.CORE;
    private String opener = "";
    private boolean predicate;
    private final boolean afterComma;

    Cutter(List<Token> tokens, boolean afterComma) {
      this.tokens = tokens;
      this.afterComma = afterComma;
    }

    List<Phrase> cut() {
      for (int i = 0; i < tokens.size(); i++) {
        Token token = tokens.get(i);
        boolean verb = token.word() != null && Clauses.isVerb(token.word());
        if (Asides.open(tokens, i, afterComma)) {
          open(Sort.ASIDE, token.lower());
        } else if (token.lower().equals(",")) {
          open(Sort.CORE, "");
        } else if (sort != Sort.ASIDE && RELATIVES.contains(token.lower()) && followsNoun(i)) {
          open(Sort.RELATIVE, token.lower());
        } else if (sort == Sort.PREPOSITION && bounded(token)) {
          open(Sort.CORE, "");
        } else if (sort != Sort.ASIDE && isPreposition(token)) {
          open(Sort.PREPOSITION, token.lower());
        } else if (verb && sort != Sort.ASIDE) {
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
