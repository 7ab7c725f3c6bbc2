package io.candor.serving;

import java.util.Arrays;

/**
 * Which tokens each sequence of a context holds, so that a prompt continues the sequence that
 * begins like it.
 *
 * <p>Only whole blocks are reused, and only such as were computed in one piece: the last bits of a
 * result depend on how many tokens were computed together, so anything finer would let an answer
 * depend on the requests before it. Confined to the inference thread.
 */
final class PrefixCache {
  private final int block;
  private final int[][] held;
  private final long[] lastUse;
  private long uses;

  /** A sequence to use, and how many tokens of the prompt it already holds. */
  record Reuse(int sequence, int length) {}

  PrefixCache(int sequences, int block) {
    this.block = block;
    held = new int[sequences][0];
    lastUse = new long[sequences];
  }

  /**
   * Finds the sequence that holds most of a prompt's start, else the one unused for longest.
   *
   * @param outputsFrom from there on the prompt is computed in any case
   */
  Reuse find(int[] prompt, int outputsFrom) {
    int best = 0;
    int bestLength = 0;
    for (int sequence = 0; sequence < held.length; sequence++) {
      int length = common(held[sequence], prompt, outputsFrom);
      if (length > bestLength || (length == bestLength && lastUse[sequence] < lastUse[best])) {
        best = sequence;
        bestLength = length;
      }
    }
    return new Reuse(best, bestLength);
  }

  /** Whole blocks in common. */
  private int common(int[] tokens, int[] prompt, int outputsFrom) {
    int mismatch = Arrays.mismatch(tokens, prompt);
    int equal = mismatch < 0 ? tokens.length : mismatch;
    return Math.min(equal, outputsFrom) / block * block;
  }

  /** Notes that a sequence now begins with these tokens of a prompt. */
  void hold(int sequence, int[] prompt, int length) {
    held[sequence] = Arrays.copyOf(prompt, length / block * block);
    lastUse[sequence] = ++uses;
  }
}
