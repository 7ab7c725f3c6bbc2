package io.candor.grounding;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One sentence, list item or table row of a passage, with the words around it that say what it is
 * about: its headings, the table's header, and the sentence before when it begins with a pronoun.
 */
record Evidence(String text, Reading reading, Set<String> context, Optional<Row> row) {

  static List<Evidence> of(String passage) {
    return new EvidenceReader().read(passage);
  }

  static Evidence sentence(String text, Set<String> context) {
    return new Evidence(text, Reading.of(text), context, Optional.empty());
  }

  /** A row's cells are its sentence, and its columns' names what the sentence is about. */
  static Evidence row(Row row, Set<String> context) {
    var all = new HashSet<>(context);
    row.cells().forEach(cell -> all.addAll(cell.name().lemmas()));
    return new Evidence(row.text(), Reading.of(row.text()), all, Optional.of(row));
  }

  /** Whether its subject is a pronoun. */
  boolean refers() {
    return !reading.words().isEmpty() && reading.words().getFirst().lower().matches("it|they");
  }

  boolean mentions(String lemma) {
    return reading.lemmas().contains(lemma) || context.contains(lemma);
  }
}
