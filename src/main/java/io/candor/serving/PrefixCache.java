package io.candor.serving;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which tokens each sequence of a context holds, so that a prompt goes on from a sequence that
 * begins like it. Confined to the inference thread.
 */
final class PrefixCache {
  private final int[][] held;
  private final AdapterSet[] adapters;
  private final long[] lastUse;
  private final BitSet busy = new BitSet();
  private long uses;

  /**
   * How a prompt begins.
   *
   * @param source the sequence that holds most of the prompt's start
   * @param target the sequence to use: the same, or another that takes a copy
   * @param length how many tokens of the prompt it holds
   */
  record Reuse(int source, int target, int length) {}

  PrefixCache(int sequences) {
    held = new int[sequences][0];
    adapters = new AdapterSet[sequences];
    lastUse = new long[sequences];
  }

  /**
   * Takes a sequence for a prompt; there must be an idle one. A sequence that the prompt continues
   * goes on itself; a shared beginning is copied to the sequence that was idle for longest.
   *
   * @param most at least the tokens from there on are computed
   * @param with the adapters: what one set computed is of no use to another
   */
  Reuse take(int[] prompt, int most, AdapterSet with) {
    int source = -1;
    int length = 0;
    for (int sequence = 0; sequence < held.length; sequence++) {
      int common = with.equals(adapters[sequence]) ? common(held[sequence], prompt, most) : 0;
      boolean better = common == length && !busy.get(sequence) && common > 0;
      if (common > length || better) {
        source = sequence;
        length = common;
      }
    }
    boolean continues = source >= 0 && !busy.get(source) && held[source].length == length;
    int target = continues ? source : longestIdle();
    busy.set(target);
    adapters[target] = with;
    return new Reuse(source < 0 ? target : source, target, length);
  }

  private static int common(int[] tokens, int[] prompt, int most) {
    int mismatch = Arrays.mismatch(tokens, prompt);
    return Math.min(mismatch < 0 ? tokens.length : mismatch, most);
  }

  private int longestIdle() {
    int best = -1;
    for (int i = busy.nextClearBit(0); i < held.length; i = busy.nextClearBit(i + 1)) {
      if (best < 0 || lastUse[i] < lastUse[best]) {
        best = i;
      }
    }
    if (best < 0) {
      throw new IllegalStateException("every sequence is in use");
    }
    return best;
  }

  boolean hasIdle() {
    return inUse() < held.length;
  }

  /** How many sequences are in use. */
  int inUse() {
    return busy.cardinality();
  }

  /** Notes that a sequence now holds these tokens. */
  void hold(int sequence, int[] tokens, int length) {
    held[sequence] = Arrays.copyOf(tokens, length);
  }

  /** How many tokens a sequence holds. */
  int length(int sequence) {
    return held[sequence].length;
  }

  /** Gives a sequence back; what it holds stays until another prompt needs the place. */
  void release(int sequence) {
    busy.clear(sequence);
    lastUse[sequence] = ++uses;
  }
}
