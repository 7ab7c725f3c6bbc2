package io.candor.security;

import java.util.List;

/**
 * What {@link Screening} found in a text; the answer of {@code POST /api/v1/screen}.
 *
 * @param pii where personal data and secrets stand in the input, in order and without overlaps
 * @param redacted the input with each of those replaced by its type, as {@code [PHONE]}
 */
public record Screened(Injection injection, List<PiiSpan> pii, String redacted) {
  public Screened {
    pii = List.copyOf(pii);
  }

  /**
   * How much a text looks like an attempt to steer the model.
   *
   * @param score the probability of an attack, 0 to 1
   */
  public record Injection(double score, InjectionVerdict verdict) {}
}
