package io.candor.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Kinds of personal data and secrets, the more specific first: where two overlap at equal length
 * the first one wins.
 */
public enum PiiType {
  SECRET,
  PASSWORD,
  CREDIT_CARD,
  IBAN,
  US_SSN,
  EMAIL,
  IP_ADDRESS,
  PASSPORT,
  DRIVER_LICENSE,
  DATE_OF_BIRTH,
  PHONE,
  ACCOUNT_NUMBER,
  USERNAME,
  STREET_ADDRESS,
  PERSON;

  /** The name used in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
