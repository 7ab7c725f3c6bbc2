package io.candor.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.candor.chat.feedback.ApprovedAnswers.Exchange;
import io.candor.serving.AdapterSet;
import io.candor.serving.ModelIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What the model said when it was given the same facts for the same question.
 *
 * <p>Only words are kept, never an answer: retrieval, verification and citations are made anew, so
 * that a change of the documents is a change of the facts and finds nothing here.
 */
final class SaidBefore {
  private static final Duration KEPT = Duration.ofHours(1);

  /**
   * Who may hear the same words again.
   *
   * @param locale the customer's language, where it is known
   * @param voice the adapters that they hear
   */
  record Audience(UUID tenant, Optional<Locale> locale, AdapterSet voice) {}

  /**
   * The prompt as the model got it, and its words, as far as they were needed.
   *
   * @param speaker the model, where it said something and is known
   */
  record Said(Prompt prompt, String raw, Optional<ModelIdentity> speaker) {}

  private record Key(
      Audience audience,
      String system,
      List<String> facts,
      String question,
      List<Exchange> examples) {
    static Key of(Audience audience, Prompt prompt) {
      var question = NormalisedQuestion.of(prompt.question());
      return new Key(audience, prompt.system(), prompt.facts(), question, prompt.examples());
    }
  }

  private final Cache<Key, Said> words;

  /** Remembers that many answers; none at all with 0. */
  SaidBefore(int most) {
    words = Caffeine.newBuilder().maximumSize(most).expireAfterWrite(KEPT).build();
  }

  Optional<Said> to(Audience audience, Prompt prompt) {
    return Optional.ofNullable(words.getIfPresent(Key.of(audience, prompt)));
  }

  void remember(Audience audience, Said said) {
    words.put(Key.of(audience, said.prompt()), said);
  }
}
