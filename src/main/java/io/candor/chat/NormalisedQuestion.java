package io.candor.chat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A question without what never changes its meaning: case, punctuation at words' ends, a greeting
 * before it, politeness. Words are neither stemmed nor left out, for "can" and "can not", "card"
 * and "cards" may ask different things.
 */
public final class NormalisedQuestion {
  private static final Pattern POLITENESS =
      Pattern.compile("\\b(please|pls|thanks|thank you|many thanks|thx)\\b");
  private static final Pattern GREETING =
      Pattern.compile("^(hi|hello|hey|good (morning|afternoon|evening))( there| team| all)? ");

  /** Between digits punctuation is part of the number, and signs belong to it. */
  private static final Pattern PUNCTUATION =
      Pattern.compile("(?<!\\p{N})[.,:/]|[.,:/](?!\\p{N})|[^\\p{L}\\p{N}\\p{Sc}%+.,:/-]+");

  private NormalisedQuestion() {}

  /** Equal for questions that are asked in the same words. */
  public static String of(String question) {
    var words = Normalizer.normalize(question, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    words = words.replaceAll("(?<=\\p{L})['’](?=\\p{L})", "");
    words = PUNCTUATION.matcher(words).replaceAll(" ");
    words = POLITENESS.matcher(words).replaceAll(" ").strip().replaceAll("\\s+", " ");
    return GREETING.matcher(words).replaceFirst("");
  }
}
