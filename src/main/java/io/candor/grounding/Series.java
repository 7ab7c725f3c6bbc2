package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Phrase.Sort;
import io.candor.grounding.Words.Word;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Members of "A, B and C". One may be left out where the rest stays true without it: of "and", if
 * the series does not itself restrict; of "or", if any of its members will do.
 */
final class Series {
  private final List<Token> tokens;
  private final List<String> claim;
  private final Predicate<Token> said;

  Series(Clause clause, Reading claim, Predicate<Token> said) {
    this.tokens = Token.of(clause);
    this.claim = claim.content().stream().map(Word::lemma).toList();
    this.said = said;
  }

  boolean mayDrop(Token token, Phrase phrase, Clause clause) {
    int at = tokens.indexOf(token);
    if (furtherStatement(at)) {
      return true;
    }
    int from = start(at);
    int to = edge(at, 1);
    List<Token> member = tokens.subList(from, to);
    boolean whole = member.stream().filter(Token::content).noneMatch(said);
    boolean sibling = whole ? kept(from - 1, -1) || kept(to, 1) : sharesHead(at);
    String coordinator = coordinator(from - 1, -1) + coordinator(to, 1);
    boolean anyWillDo =
        clause.negated()
            || clause.modality() == Modality.MAY
            || clause.conditional()
            || !phrase.predicate();
    boolean union = phrase.sort() != Sort.RELATIVE && !phrase.opener().equals("with");
    return sibling
        && (coordinator.contains("or")
            ? anyWillDo
            : coordinator.contains("and") && union && !clause.conditional());
  }

  /** In "Gold and Platinum members", whether the claim speaks of "Gold members". */
  private boolean sharesHead(int at) {
    boolean joined = at > 1 && separates(tokens.get(at - 1)) && said.test(tokens.get(at - 2));
    boolean single = at > 1 && (at == 2 || !tokens.get(at - 3).content());
    boolean head = at + 1 < tokens.size() && tokens.get(at + 1).content();
    return joined && single && head && follow(tokens.get(at - 2), tokens.get(at + 1));
  }

  private boolean follow(Token first, Token second) {
    return first.word() != null
        && second.word() != null
        && Collections.indexOfSubList(claim, List.of(first.word().lemma(), second.word().lemma()))
            >= 0;
  }

  /**
   * Whether the token is part of "and [another statement]" up to the clause's end, all left out.
   */
  private boolean furtherStatement(int at) {
    int and = at;
    while (and > 0 && !tokens.get(and).lower().equals("and")) {
      and--;
    }
    List<Token> rest = tokens.subList(and, tokens.size());
    boolean verb = rest.stream().anyMatch(t -> t.isVerb());
    return and > 0 && verb && rest.stream().filter(Token::content).noneMatch(said);
  }

  /** Where the member begins that holds a token: a preposition of its own is part of it. */
  private int start(int at) {
    int edge = edge(at, -1);
    boolean own = edge > 0 && tokens.get(edge).isPreposition() && separates(tokens.get(edge - 1));
    return own ? edge : edge + 1;
  }

  /** The next separator or boundary from a token on. */
  private int edge(int at, int step) {
    int i = at;
    while (i >= 0 && i < tokens.size() && !separates(tokens.get(i)) && !bounds(i, at)) {
      i += step;
    }
    return i;
  }

  private boolean bounds(int i, int at) {
    Token token = tokens.get(i);
    return i != at && (token.isVerb() || token.isPreposition());
  }

  private boolean kept(int separator, int step) {
    int i = separator;
    while (i >= 0 && i < tokens.size() && separates(tokens.get(i))) {
      i += step;
    }
    if (i == separator || i < 0 || i >= tokens.size()) {
      return false;
    }
    int end = edge(i, step);
    boolean own =
        IntStream.range(Math.min(i, end + 1), Math.max(i + 1, end))
            .mapToObj(tokens::get)
            .anyMatch(t -> t.content() && said.test(t));
    boolean further = end >= 0 && end < tokens.size() && separates(tokens.get(end));
    return own || further && kept(end, step);
  }

  private String coordinator(int separator, int step) {
    int i = separator;
    var found = new StringBuilder();
    while (i >= 0 && i < tokens.size() && separates(tokens.get(i))) {
      found.append(tokens.get(i).lower());
      int next = i + step;
      if (next < 0 || next >= tokens.size()) {
        break;
      }
      i = separates(tokens.get(next)) ? next : edge(next, step);
    }
    return found.toString();
  }

  private static boolean separates(Token token) {
    return token.lower().matches("and|or|,");
  }
}
