package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A sentence as the verifier reads it: its words, typed values and clauses. */
record Reading(
    String plain, List<Word> words, List<Fact> facts, List<Clause> clauses, Set<String> lemmas) {

  static Reading of(String text) {
    String plain = NumberWords.digits(PlainText.of(text));
    Facts.Extracted extracted = Facts.extract(plain);
    List<Word> words = Words.of(extracted.rest());
    var lemmas = new HashSet<String>();
    words.stream().filter(word -> !word.punctuation()).forEach(word -> lemmas.add(word.lemma()));
    return new Reading(
        plain, words, extracted.facts(), Clauses.of(words, extracted.facts()), lemmas);
  }

  List<Word> content() {
    return words.stream().filter(Word::content).toList();
  }

  boolean has(String regex) {
    return words.stream().anyMatch(word -> word.lower().matches(regex));
  }
}
