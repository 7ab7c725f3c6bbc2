package io.candor.knowledge.loading;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** Which columns of a list hold the question, the answer and what else is known of them. */
record FaqColumns(Map<String, Integer> places) {
  /** By what names a column is found; the first that is there is taken. */
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "question", List.of("question", "questions", "q", "query", "frage", "title"),
          "answer", List.of("answer", "answers", "a", "response", "reply", "antwort", "text"),
          "id", List.of("id", "key", "slug"),
          "url", List.of("url", "link", "source_url"),
          "locale", List.of("locale", "language", "lang"));

  /** Finds them among the names that a list gives its columns. */
  static FaqColumns find(List<String> given) {
    var plain =
        given.stream()
            .map(name -> name == null ? "" : name.strip().toLowerCase(Locale.ROOT))
            .map(name -> name.replaceAll("[\\s_-]+", "_"))
            .toList();
    var places = new LinkedHashMap<String, Integer>();
    NAMES.forEach((column, known) ->
        known.stream()
            .filter(plain::contains)
            .findFirst()
            .ifPresent(name -> places.put(column, plain.indexOf(name))));
    for (var needed : List.of("question", "answer")) {
      if (!places.containsKey(needed)) {
        throw new Unreadable(
            "no column '%s' among %.200s (also found as %s)"
                .formatted(needed, given, String.join(", ", NAMES.get(needed))));
      }
    }
    return new FaqColumns(places);
  }

  /** A row's values by column, without the space around them; what is empty is left out. */
  Map<String, String> values(IntFunction<String> cell) {
    var values = new HashMap<String, String>();
    places.forEach((column, place) -> {
      var value = cell.apply(place);
      if (value != null && !value.isBlank()) {
        values.put(column, value.strip());
      }
    });
    return values;
  }
}
