package io.candor.knowledge;

import java.util.Locale;

/** What a document is about, as its author says. */
public enum Kind {
  POLICY,
  PRODUCT,
  FAQ;

  /** As JSON and the database write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
