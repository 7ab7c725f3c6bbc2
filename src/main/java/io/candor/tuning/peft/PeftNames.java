package io.candor.tuning.peft;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A weight's name in Transformers, such as model.layers.0.self_attn.q_proj, and in GGUF. */
final class PeftNames {
  private static final Pattern LAYER = Pattern.compile("(?:model\\.)?layers\\.(\\d+)\\.(.+)");
  private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d+)\\.(.+)\\.weight");
  private static final String HEAD = "lm_head";
  private static final String OUTPUT = "output.weight";

  private static final Map<String, String> TO_GGUF =
      Map.of(
          "self_attn.q_proj", "attn_q",
          "self_attn.k_proj", "attn_k",
          "self_attn.v_proj", "attn_v",
          "self_attn.o_proj", "attn_output",
          "mlp.gate_proj", "ffn_gate",
          "mlp.up_proj", "ffn_up",
          "mlp.down_proj", "ffn_down");

  private static final Map<String, String> TO_PEFT =
      TO_GGUF.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private PeftNames() {}

  /**
   * The weight of a module.
   *
   * @throws IllegalArgumentException if it is no linear layer of a Llama-like model
   */
  static String weight(String module) {
    if (module.equals(HEAD)) {
      return OUTPUT;
    }
    var layer = LAYER.matcher(module);
    if (!layer.matches() || !TO_GGUF.containsKey(layer.group(2))) {
      throw new IllegalArgumentException(
          "the adapter changes %s; only the linear layers of attention and MLP, and lm_head, can be"
              .formatted(module));
    }
    return "blk.%s.%s.weight".formatted(layer.group(1), TO_GGUF.get(layer.group(2)));
  }

  /**
   * The module of a weight.
   *
   * @throws IllegalArgumentException if it is no linear layer of a Llama-like model
   */
  static String module(String weight) {
    if (weight.equals(OUTPUT)) {
      return HEAD;
    }
    var block = BLOCK.matcher(weight);
    if (!block.matches() || !TO_PEFT.containsKey(block.group(2))) {
      throw new IllegalArgumentException(
          "the adapter changes %s, which has no counterpart in PEFT".formatted(weight));
    }
    return "model.layers.%s.%s".formatted(block.group(1), TO_PEFT.get(block.group(2)));
  }
}
