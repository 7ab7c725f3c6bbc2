package io.candor.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The first stage of an answer: what a customer wrote is searched for personal data, secrets and
 * attempts to steer the model, before anything stores or reads it. Used by the chat pipeline and by
 * {@link ScreenResource}.
 */
@ApplicationScoped
public class Screening {
  /** The longest text taken, in UTF-16 units. */
  public static final int LONGEST_TEXT = 32_768;

  private final PersonalData personalData;
  private final InjectionDetector injections;

  Screening(PersonalData personalData, InjectionDetector injections) {
    this.personalData = personalData;
    this.injections = injections;
  }

  /**
   * Screens a text of at most {@link #LONGEST_TEXT} characters; offsets are UTF-16 units of {@code
   * text} as given.
   *
   * @throws IllegalArgumentException if the text is blank or too long
   */
  public Screened screen(String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("text is missing or blank");
    }
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "text has %d characters; at most %d are taken".formatted(text.length(), LONGEST_TEXT));
    }
    List<PiiSpan> pii = personalData.find(text);
    double score = injections.score(text);
    var injection = new Screened.Injection(score, injections.verdict(score));
    return new Screened(injection, pii, personalData.redact(text, pii));
  }
}
