package io.candor.tuning.training;

import java.util.List;
import java.util.Map;

/**
 * How an adapter is made.
 *
 * @param rank of the two matrices
 * @param alpha the adapter's product is multiplied by {@code alpha / rank}
 * @param dropout the share of an adapter's inputs that is left out while it is trained
 * @param targets the weights of each layer that it changes, by their names in GGUF
 */
record LoraSettings(int rank, double alpha, double dropout, List<String> targets) {
  private static final List<String> KNOWN =
      List.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down");

  LoraSettings {
    targets = List.copyOf(targets);
    if (rank < 1) {
      throw new IllegalArgumentException("the rank must be at least 1, not " + rank);
    }
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("alpha must be above 0, not " + alpha);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout is a share from 0 to below 1, not " + dropout);
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an adapter needs a target: " + String.join(", ", KNOWN));
    }
    for (var target : targets) {
      if (!KNOWN.contains(target)) {
        throw new IllegalArgumentException(
            "there is no target %s; there are %s".formatted(target, String.join(", ", KNOWN)));
      }
    }
  }

  double scale() {
    return alpha / rank;
  }

  /** The length of a target's rows and how many there are. */
  static int[] size(String target, LlamaShape shape) {
    return Map.of(
            "attn_q", new int[] {shape.width(), shape.queryWidth()},
            "attn_k", new int[] {shape.width(), shape.keyWidth()},
            "attn_v", new int[] {shape.width(), shape.keyWidth()},
            "attn_output", new int[] {shape.queryWidth(), shape.width()},
            "ffn_gate", new int[] {shape.width(), shape.feedForward()},
            "ffn_up", new int[] {shape.width(), shape.feedForward()},
            "ffn_down", new int[] {shape.feedForward(), shape.width()})
        .get(target);
  }
}
