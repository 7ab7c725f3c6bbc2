package io.candor.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A stretch of a document under one heading, as the parts that a chunk must keep whole.
 *
 * @param heading the heading path, joined with " > "
 * @param title where its own heading stands, which its first chunk begins with; empty without one
 */
record Section(String heading, OptionalInt title, List<Part> parts) {
  Section(String heading) {
    this(heading, OptionalInt.empty(), new ArrayList<>());
  }

  Section(String heading, int title) {
    this(heading, OptionalInt.of(title), new ArrayList<>());
  }

  /** Adds a block as its sentences. */
  void addSentences(CharSequence text, Range block, boolean leansBack) {
    var first = true;
    for (var sentence : Sentences.in(text, block)) {
      add(sentence, first, first && leansBack);
      first = false;
    }
  }

  /** Adds a block that stays whole where it has at most so many characters. */
  void addWhole(CharSequence text, Range block, int most, boolean leansBack) {
    var range = block.strippedIn(text);
    if (range.length() > most) {
      addSentences(text, range, leansBack);
    } else if (!range.isEmpty()) {
      add(range, true, leansBack);
    }
  }

  /** Adds a block line by line. */
  void addLines(CharSequence text, Range block) {
    var opens = true;
    for (int at = block.start(); at < block.end(); ) {
      int end = at;
      while (end < block.end() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      var line = new Range(at, end).strippedIn(text);
      for (var piece : Sentences.hardSplit(text, line)) {
        add(piece, opens, false);
        opens = false;
      }
      at = end + 1;
    }
  }

  /** Whether what was added last announces what follows: "You need:". */
  boolean announces(CharSequence text) {
    return !parts.isEmpty() && text.charAt(parts.getLast().range().end() - 1) == ':';
  }

  private void add(Range range, boolean opensBlock, boolean leansBack) {
    parts.add(new Part(range, opensBlock, leansBack));
  }
}
