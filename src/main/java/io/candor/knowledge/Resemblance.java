package io.candor.knowledge;

/**
 * Another document with this wording.
 *
 * @param similarity the share of wording that both have; 1 for the same words
 */
public record Resemblance(String document, double similarity) {
  boolean isExact() {
    return similarity == 1;
  }
}
