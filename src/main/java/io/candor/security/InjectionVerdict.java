package io.candor.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What {@link InjectionDetector} makes of a score: answer, answer with care, or refuse. */
public enum InjectionVerdict {
  BENIGN,
  SUSPICIOUS,
  ATTACK;

  /** The name used in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
