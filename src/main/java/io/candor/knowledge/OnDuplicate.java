package io.candor.knowledge;

import java.util.Locale;

/** What is done about a document that says the same as another one. */
enum OnDuplicate {
  /** It is stored: its author named its key, and need not have looked for others. */
  STORE,
  /** It is stored, and the other one named. */
  REPORT,
  /** It is not stored, unless it replaces what its own key says now. */
  SKIP;

  static OnDuplicate parse(String text, OnDuplicate otherwise) {
    if (text == null) {
      return otherwise;
    }
    for (var choice : values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(text)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "duplicates must be store, report or skip, not '%.40s'".formatted(text));
  }
}
