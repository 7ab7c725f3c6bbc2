package io.candor.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A text being searched for personal data: its tokens and what was found so far. Used by the
 * detectors only.
 */
record Message(String text, List<Token> tokens, List<PiiSpan> found) {
  static Message of(String text) {
    return new Message(text, Token.of(text), new ArrayList<>());
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
    found.add(new PiiSpan(type, tokens.get(first).start(), tokens.get(last).end()));
  }

  boolean isFound(int index) {
    var token = tokens.get(index);
    for (PiiSpan span : found) {
      if (span.start() < token.end() && token.start() < span.end()) {
        return true;
      }
    }
    return false;
  }
}
