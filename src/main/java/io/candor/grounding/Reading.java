package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A sentence as the verifier reads it: its words, typed values and clauses. */
record Reading(
    String plain, List<Word> words, List<Fact> facts, List<Clause> clauses, Set<String> lemmas) {
  private static final int GENERAL_SUBJECT = 3;

  static Reading of(String text) {
    String plain = NumberWords.digits(PlainText.of(text));
    Facts.Extracted extracted = Facts.extract(plain);
    return of(plain, Words.of(extracted.rest()), extracted.facts());
  }

  private static Reading of(String plain, List<Word> words, List<Fact> facts) {
    var lemmas = new HashSet<String>();
    words.stream().filter(word -> !word.punctuation()).forEach(word -> lemmas.add(word.lemma()));
    return new Reading(plain, words, facts, Clauses.of(words, facts), lemmas);
  }

  /** The same sentence with its words read otherwise. */
  Reading with(List<Word> others) {
    return of(plain, List.copyOf(others), facts);
  }

  List<Word> content() {
    return words.stream().filter(Word::content).toList();
  }

  /** Whether it speaks of its subject in general: "calls cost", "delivery is free". */
  boolean general() {
    int verb = 0;
    while (verb < words.size() && !Clauses.isVerb(words.get(verb))) {
      verb++;
    }
    return verb > 0
        && verb < words.size()
        && verb <= GENERAL_SUBJECT
        && words.subList(0, verb).stream().allMatch(Word::content);
  }

  boolean has(String regex) {
    return words.stream().anyMatch(word -> word.lower().matches(regex));
  }
}
