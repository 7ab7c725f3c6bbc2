package io.candor.chat;

import java.util.Locale;

/** How a turn ended. */
enum Outcome {
  ANSWERED,
  CLARIFY,
  ABSTAINED,
  HANDED_OFF;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
