package io.candor.helpdesk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.candor.helpdesk.vendor.Event;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An operator's rule about certain messages; the first that fits counts. A condition that is
 * missing holds; one of its values is enough.
 *
 * @param tags the conversation's
 * @param channels how the message reached the helpdesk, such as email
 * @param languages as tags like en or pt-BR, or their beginning
 * @param words that the message has, whole, in any case
 */
record Rule(
    Optional<Set<String>> tags,
    Optional<Set<String>> channels,
    Optional<Set<String>> languages,
    Optional<List<String>> words,
    Then then) {
  Rule {
    if (then == null) {
      throw new IllegalArgumentException("a rule needs 'then': hand_over, draft, auto or ignore");
    }
  }

  /** What is done. */
  enum Then {
    @JsonProperty("hand_over")
    HAND_OVER,
    @JsonProperty("draft")
    DRAFT,
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("ignore")
    IGNORE
  }

  boolean fits(Event.Said said) {
    return tags.map(some -> some.stream().anyMatch(said.tags()::contains)).orElse(true)
        && channels.map(some -> some.contains(said.source())).orElse(true)
        && languages
            .map(some -> said.language().filter(own -> speaks(some, own)).isPresent())
            .orElse(true)
        && words.map(some -> some.stream().anyMatch(word -> has(said.text(), word))).orElse(true);
  }

  private static boolean speaks(Set<String> languages, String own) {
    return languages.stream()
        .anyMatch(language ->
            own.equalsIgnoreCase(language)
                || own.toLowerCase(Locale.ROOT)
                    .startsWith(language.toLowerCase(Locale.ROOT) + "-"));
  }

  private static boolean has(String text, String word) {
    return WholeWords.has(text, word);
  }
}
