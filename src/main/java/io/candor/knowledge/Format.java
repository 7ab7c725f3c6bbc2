package io.candor.knowledge;

import java.util.Locale;

/** How a document's text is marked up. */
public enum Format {
  MARKDOWN,
  HTML,
  TEXT;

  /** As JSON and the database write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
