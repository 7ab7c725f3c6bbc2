package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.List;

/** A stretch of a sentence with one polarity: a statement, or a condition on its neighbour. */
record Clause(
    Role role, boolean negated, Modality modality, List<Word> words, List<Fact> facts, int start) {

  enum Role {
    STATEMENT,
    /** Holds only if this does: "if", "when", "as long as". */
    CONDITION,
    /** Holds only if this does not: "unless", "except". */
    EXCEPTION
  }

  enum Modality {
    NONE,
    MAY,
    MUST
  }

  /** The statement that a condition limits: the one before it, else the one after; or -1. */
  static int governed(List<Clause> clauses, int conditional) {
    for (int i = conditional - 1; i >= 0 && !clauses.get(i).ends(); i--) {
      if (!clauses.get(i).conditional() && !clauses.get(i).isEmpty()) {
        return i;
      }
    }
    for (int i = conditional + 1; i < clauses.size(); i++) {
      if (!clauses.get(i).conditional() && !clauses.get(i).isEmpty()) {
        return i;
      }
    }
    return -1;
  }

  private boolean ends() {
    return !words.isEmpty() && words.getFirst().text().matches("[.!?]");
  }

  Clause as(Role other, boolean negation) {
    return new Clause(other, negation, modality, words, facts, start);
  }

  boolean conditional() {
    return role != Role.STATEMENT;
  }

  List<Word> content() {
    return words.stream().filter(Word::content).toList();
  }

  /** Whether the clause says that a word's lemma does not hold. */
  boolean denies(Word word) {
    return negated != word.denied();
  }

  /** Whether it says "not", even where a second negation makes up for it. */
  boolean saysNot() {
    return words.stream().anyMatch(word -> word.lower().matches("not|never|no|nor"));
  }

  boolean isEmpty() {
    return facts.isEmpty() && words.stream().noneMatch(Word::content);
  }

  String text() {
    var text = new StringBuilder();
    words.forEach(
        word -> text.append(text.isEmpty() || word.punctuation() ? "" : " ").append(word.text()));
    return text.toString().strip();
  }
}
