package io.candor.tuning.training;

import java.util.List;
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
  List<Tensor> tensors() {
    var all = List.of(attentionNorm, queryKeyValue, output, feedForwardNorm, gateUp, down);
    return bias == null
        ? all
        : List.of(attentionNorm, queryKeyValue, bias, output, feedForwardNorm, gateUp, down);
  }
}
