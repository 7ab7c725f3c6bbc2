package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.List;
import java.util.stream.IntStream;

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

  /** "Close the valve": a verb with its object and no subject. */
  boolean orders() {
    List<Word> said =
        words.stream()
            .dropWhile(Word::punctuation)
            .takeWhile(w -> !w.punctuation() && !w.lower().equals("and"))
            .toList();
    return said.size() > 1
        && said.getFirst().content()
        && said.get(1).lower().matches("an?|the|your|it|them|us|both|all")
        && said.stream().noneMatch(Clauses::isVerb);
  }

  /** "You can", "we do not": an answer that leaves all else to the question. */
  boolean bare() {
    return !conditional()
        && isEmpty()
        && words.stream().anyMatch(w -> w.lower().matches("you|we|it|they"))
        && words.stream().anyMatch(Clauses::isVerb);
  }

  /** Whether it denies again after "and": "not a return and not a repair". */
  boolean deniesAll() {
    return IntStream.range(1, words.size())
        .anyMatch(i ->
            words.get(i).lower().matches("not|never|no")
                && words.get(i - 1).lower().matches("and|or")
                && words.subList(0, i).stream().anyMatch(w -> w.lower().matches("not|never")));
  }

  /** "And is taken off", "but not online": it has no subject but the one before it. */
  boolean continues() {
    return words.size() > 1
        && words.getFirst().lower().matches("and|or|but")
        && (Clauses.isVerb(words.get(1)) || words.stream().noneMatch(Clauses::isVerb));
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
