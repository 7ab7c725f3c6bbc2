package io.candor.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Words that mean the same to a tenant's customers: whoever asks with one of them finds the others.
 *
 * @param term a word or phrase, kept in lower case as its synonyms are
 * @param synonyms other words or phrases for it
 * @param definition what it means, for people
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record GlossaryEntry(String term, List<String> synonyms, Optional<String> definition) {
  private static final Set<String> FIELDS = Set.of("term", "synonyms", "definition");
  private static final int LONGEST_PHRASE = 80;
  private static final int LONGEST_DEFINITION = 1000;
  private static final int MOST_SYNONYMS = 20;

  GlossaryEntry {
    term = phrase("term", term);
    var itself = term;
    synonyms =
        synonyms.stream()
            .map(synonym -> phrase("a synonym of '%s'".formatted(itself), synonym))
            .filter(synonym -> !synonym.equals(itself))
            .distinct()
            .toList();
    if (synonyms.isEmpty() || synonyms.size() > MOST_SYNONYMS) {
      throw new IllegalArgumentException(
          "'%s' has %d synonyms; 1 to %d are allowed"
              .formatted(term, synonyms.size(), MOST_SYNONYMS));
    }
    definition.ifPresent(text -> Check.text("definition", text, LONGEST_DEFINITION));
  }

  /** Reads the JSON form; an IllegalArgumentException names what is wrong. */
  static GlossaryEntry parse(JsonNode json) {
    var fields = new JsonFields(json, FIELDS);
    return new GlossaryEntry(
        fields.text("term"), fields.texts("synonyms"), fields.optionalText("definition"));
  }

  /** Lower-case, with single spaces: as phrases are kept. */
  static String phrase(String field, String text) {
    var phrase = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    Check.text(field, phrase, LONGEST_PHRASE);
    if (phrase.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw new IllegalArgumentException(
          "%s must hold a letter or a digit: '%s'".formatted(field, phrase));
    }
    return phrase;
  }
}
