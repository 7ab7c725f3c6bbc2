package io.candor.security;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * A text being searched for personal data: its tokens and what was found so far. Used by the
 * detectors only.
 */
record Message(String text, List<Token> tokens, List<PiiSpan> found, BitSet covered) {
  static Message of(String text) {
    return new Message(text, Token.of(text), new ArrayList<>(), new BitSet());
  }

  Token token(int index) {
    return tokens.get(index);
  }

  int size() {
    return tokens.size();
  }

  /** The token in lower case, or "" outside the text. */
  String lower(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index).lower() : "";
  }

  boolean isOneOf(int index, Set<String> words) {
    return words.contains(lower(index));
  }

  /** Whether the two neighbouring tokens have no white space between them. */
  boolean touches(int index) {
    return index > 0
        && index < tokens.size()
        && tokens.get(index - 1).end() == tokens.get(index).start();
  }

  /** Whether a line ends between this token and the one before. */
  boolean startsLine(int index) {
    return index == 0
        || text.substring(tokens.get(index - 1).end(), tokens.get(index).start()).indexOf('\n')
            >= 0;
  }

  /** Reports the tokens from {@code first} to {@code last}, both included. */
  void add(PiiType type, int first, int last) {
    add(new PiiSpan(type, tokens.get(first).start(), tokens.get(last).end()));
  }

  void add(PiiSpan span) {
    found.add(span);
    covered.set(span.start(), span.end());
  }

  /** Whether a part of the token was reported already. */
  boolean isFound(int index) {
    int next = covered.nextSetBit(tokens.get(index).start());
    return next >= 0 && next < tokens.get(index).end();
  }
}
