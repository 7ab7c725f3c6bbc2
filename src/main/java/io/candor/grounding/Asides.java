package io.candor.grounding;

import io.candor.grounding.Phrase.Token;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Recognises where a remark begins that limits nothing: a reason, an example, ", which ...". */
final class Asides {
  private static final Set<String> AFTER_COMMA =
      Set.of("which", "who", "whose", "as", "since", "because", "so");
  private static final Set<String> PHRASES =
      Set.of(
          "such as",
          "for example",
          "for instance",
          "due to",
          "because of",
          "thanks to",
          "owing to",
          "so that",
          "so you",
          "so we",
          "in addition",
          "in short",
          "of course",
          "as always");
  private static final Set<String> WORDS = Set.of("because", "including", "e.g", "i.e");
  private static final Set<String> LIMITING =
      Set.of(
          "if",
          "unless",
          "only",
          "except",
          "not",
          "no",
          "must",
          "when",
          "provided",
          "waived",
          "without",
          "but");
  private static final int REMARK = 4;

  private Asides() {}

  static boolean open(List<Token> tokens, int i, boolean commaBefore) {
    String word = tokens.get(i).lower();
    String next = i + 1 < tokens.size() ? tokens.get(i + 1).lower() : "";
    boolean afterComma = i == 0 ? commaBefore : tokens.get(i - 1).lower().equals(",");
    boolean remark =
        AFTER_COMMA.contains(word) && afterComma
            || WORDS.contains(word)
            || PHRASES.contains(word + " " + next)
            || PHRASES.contains(word)
            || word.equals("for") && sake(tokens, i);
    return remark && !limits(tokens, i);
  }

  /** "For your security", "for hygiene reasons". */
  private static boolean sake(List<Token> tokens, int i) {
    return tokens.stream()
        .skip(i + 1L)
        .limit(REMARK - 1L)
        .takeWhile(token -> !token.lower().equals(","))
        .anyMatch(token ->
            token.lower().matches("reasons?|security|safety|convenience|comfort|protection|peace"));
  }

  private static boolean limits(List<Token> tokens, int i) {
    Set<String> own =
        tokens.stream()
            .skip(i)
            .takeWhile(token -> !token.lower().equals(","))
            .map(Token::lower)
            .collect(Collectors.toSet());
    boolean reason = tokens.get(i).lower().matches("because|so|as|since|due|for|thanks");
    return !reason && own.stream().anyMatch(LIMITING::contains);
  }
}
