package io.candor.tuning.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The weights of one layer, each as a row for each output. What reads the same input is one matrix:
 * one product is faster than two or three.
 *
 * @param queryKeyValue the three below each other
 * @param bias of queries, keys and values; null where the model has none
 * @param gateUp the feed-forward network's two below each other
 */
record LayerWeights(
    Tensor attentionNorm,
    Tensor queryKeyValue,
    Tensor bias,
    Tensor output,
    Tensor feedForwardNorm,
    Tensor gateUp,
    Tensor down) {
  /** By the names of the GGUF file's tensors that each is made of. */
  Map<List<String>, Tensor> byNames(int layer) {
    var all = new LinkedHashMap<List<String>, Tensor>();
    all.put(names(layer, "attn_norm.weight"), attentionNorm);
    all.put(names(layer, "attn_q.weight", "attn_k.weight", "attn_v.weight"), queryKeyValue);
    if (bias != null) {
      all.put(names(layer, "attn_q.bias", "attn_k.bias", "attn_v.bias"), bias);
    }
    all.put(names(layer, "attn_output.weight"), output);
    all.put(names(layer, "ffn_norm.weight"), feedForwardNorm);
    all.put(names(layer, "ffn_gate.weight", "ffn_up.weight"), gateUp);
    all.put(names(layer, "ffn_down.weight"), down);
    return all;
  }

  static List<String> names(int layer, String... names) {
    return Arrays.stream(names).map(name -> "blk.%d.%s".formatted(layer, name)).toList();
  }
}
