package io.candor.tuning.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization. */
final class AdamW {
  static final String FIRST = ".first_moment";
  static final String SECOND = ".second_moment";

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Map<String, Tensor> parameters;
  private final double weightDecay;
  private final Map<String, Tensor> state = new LinkedHashMap<>();

  /** For these parameters; the caller's scope owns what is kept of each. */
  AdamW(Map<String, Tensor> parameters, double weightDecay) {
    this.parameters = parameters;
    this.weightDecay = weightDecay;
    parameters.forEach((name, parameter) -> {
      state.put(name + FIRST, torch.zeros_like(parameter));
      state.put(name + SECOND, torch.zeros_like(parameter));
    });
  }

  /** The moments, by the parameters' names; what a checkpoint keeps. */
  Map<String, Tensor> state() {
    return state;
  }

  /**
   * Changes the parameters along their gradients, which then are zero again.
   *
   * @param step from 1
   * @param clip the longest gradient; a longer one is made that long
   * @return how long the gradient was
   */
  double step(int step, double learningRate, double clip) {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      double norm = norm();
      double factor = Math.min(1, clip / (norm + 1e-6));
      parameters.forEach((name, parameter) -> update(name, parameter, step, learningRate, factor));
      return norm;
    }
  }

  private double norm() {
    double sum = 0;
    for (var parameter : parameters.values()) {
      double norm = parameter.grad().norm().item_double();
      sum += norm * norm;
    }
    return Math.sqrt(sum);
  }

  private void update(String name, Tensor parameter, int step, double learningRate, double factor) {
    try (var _ = new PointerScope()) {
      var gradient = parameter.grad();
      var first = state.get(name + FIRST);
      var second = state.get(name + SECOND);
      gradient.mul_(Tensors.scalar(factor));
      first.lerp_(gradient, Tensors.scalar(1 - BETA1));
      second.mul_(Tensors.scalar(BETA2));
      second.addcmul_(gradient, gradient, Tensors.scalar(1 - BETA2));
      double correction = Math.sqrt(1 - Math.pow(BETA2, step));
      var denominator =
          second.sqrt().div_(Tensors.scalar(correction)).add_(Tensors.scalar(EPSILON));
      parameter.mul_(Tensors.scalar(1 - learningRate * weightDecay));
      parameter.addcdiv_(
          first, denominator, Tensors.scalar(-learningRate / (1 - Math.pow(BETA1, step))));
      gradient.zero_();
    }
  }
}
