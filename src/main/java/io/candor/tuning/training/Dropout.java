package io.candor.tuning.training;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Leaves out a share of the adapters' inputs while they are trained. What is left out follows from
 * the seed and the layer alone: a layer that is computed again leaves out the same.
 */
record Dropout(double share, long seed) {
  static final Dropout NONE = new Dropout(0, 0);

  void begin(int layer) {
    if (share > 0) {
      torch.manual_seed(seed * 1_000_003 + layer);
    }
  }

  Tensor of(Tensor input) {
    return share > 0 ? torch.dropout(input, share, true) : input;
  }
}
