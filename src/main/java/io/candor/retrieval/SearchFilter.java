package io.candor.retrieval;

import io.candor.knowledge.Kind;
import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which documents a search may return: those that have, in each field given, one of its values.
 *
 * @param kind policy, product or faq
 * @param locale BCP 47 language ranges: "en" lets "en-GB" through, and no document without a locale
 * @param tags as documents carry them, letter for letter
 */
record SearchFilter(List<String> kind, List<String> locale, List<String> tags) {
  static final SearchFilter NONE = new SearchFilter(null, null, null);

  private static final int MOST_VALUES = 50;
  private static final String LANGUAGE_RANGE = "[a-z]{2,8}(-[a-z0-9]{1,8}){0,8}";
  private static final List<String> KINDS =
      Arrays.stream(Kind.values()).map(Kind::toString).toList();

  SearchFilter {
    locale = locale == null ? null : locale.stream().map(l -> l.toLowerCase(Locale.ROOT)).toList();
  }

  /** Fails with 400, naming the value that is wrong. */
  void check() {
    check("kind", kind, "one of " + String.join(", ", KINDS), KINDS::contains);
    check("locale", locale, "a language like en or en-GB", l -> l.matches(LANGUAGE_RANGE));
    check("tags", tags, "a tag", tag -> !tag.isBlank() && tag.indexOf(0) < 0);
  }

  private static void check(
      String field, List<String> values, String expected, Predicate<String> isValid) {
    if (values == null) {
      return;
    }
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      throw new BadRequestException(
          "filter.%s must have 1 to %d values".formatted(field, MOST_VALUES));
    }
    for (var value : values) {
      if (value == null || !isValid.test(value)) {
        throw new BadRequestException(
            "filter.%s must hold %s, not '%.60s'".formatted(field, expected, value));
      }
    }
  }
}
