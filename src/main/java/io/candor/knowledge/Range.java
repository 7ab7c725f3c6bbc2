package io.candor.knowledge;

/** The characters [start, end) of a text, in UTF-16 units. */
record Range(int start, int end) {
  Range {
    if (start < 0 || start > end) {
      throw new IllegalArgumentException("no range: [%d, %d)".formatted(start, end));
    }
  }

  int length() {
    return end - start;
  }

  boolean isEmpty() {
    return start == end;
  }

  /** This range of the text without the white space at its ends. */
  Range strippedIn(CharSequence text) {
    int from = start;
    int to = end;
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return new Range(from, to);
  }

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }
}
