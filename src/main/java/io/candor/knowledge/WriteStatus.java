package io.candor.knowledge;

import java.util.Locale;

/** What became of a document that an author sent. */
enum WriteStatus {
  CREATED,
  CHANGED,
  UNCHANGED,
  REFUSED;

  /** As JSON writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
