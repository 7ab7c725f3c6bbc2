package io.candor.security;

/**
 * Where a text holds personal data or a secret. Made by {@link PersonalData}.
 *
 * @param start first UTF-16 unit of the input
 * @param end one past the last
 */
public record PiiSpan(PiiType type, int start, int end) {
  public PiiSpan {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("span [" + start + ", " + end + ") is empty or negative");
    }
  }

  int length() {
    return end - start;
  }

  boolean overlaps(PiiSpan other) {
    return start < other.end && other.start < end;
  }
}
