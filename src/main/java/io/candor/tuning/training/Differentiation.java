package io.candor.tuning.training;

import java.util.ArrayList;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Loss and gradients of a batch. */
final class Differentiation {
  private final BaseModel base;
  private final Llama model;

  Differentiation(BaseModel base, Llama model) {
    this.base = base;
    this.model = model;
  }

  /** The sum of the answers' tokens' losses, in nats. */
  double loss(Batch batch) {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      var attention = new Attention(base.shape(), batch, base.precision());
      var rows = base.embed(Tensors.of(batch.tokens()));
      for (int i = 0; i < base.shape().layers(); i++) {
        rows = model.layer(i, rows, attention, Dropout.NONE);
      }
      return model.loss(batch, rows).item_double();
    }
  }

  /**
   * The same, and adds its gradient times a factor to those of the parameters. Frozen weights get
   * none, and nothing is computed below the lowest adapter: libtorch follows what needs gradients.
   */
  double addGradients(Batch batch, double factor, Dropout dropout) {
    try (var _ = new PointerScope()) {
      var attention = new Attention(base.shape(), batch, base.precision());
      return base.quantised()
          ? layerByLayer(batch, factor, attention, dropout)
          : atOnce(batch, factor, attention, dropout);
    }
  }

  private double atOnce(Batch batch, double factor, Attention attention, Dropout dropout) {
    var rows = base.embed(Tensors.of(batch.tokens()));
    for (int i = 0; i < base.shape().layers(); i++) {
      rows = model.layer(i, rows, attention, dropout);
    }
    var loss = model.loss(batch, rows);
    loss.mul(Tensors.scalar(factor)).backward();
    return loss.item_double();
  }

  /**
   * Keeps only what each layer begins with, and computes a layer again, with weights read again, to
   * differentiate it (Chen et al. 2016, Training Deep Nets with Sublinear Memory Cost).
   */
  private double layerByLayer(Batch batch, double factor, Attention attention, Dropout dropout) {
    int layers = base.shape().layers();
    var inputs = new ArrayList<Tensor>();
    try (var _ = new NoGradGuard()) {
      inputs.add(base.embed(Tensors.of(batch.tokens())));
      for (int i = 0; i < layers; i++) {
        inputs.add(model.layer(i, inputs.get(i), attention, dropout));
      }
    }
    double loss;
    Tensor gradient;
    try (var _ = new PointerScope()) {
      var rows = inputs.get(layers).detach().requires_grad_(true);
      var lost = model.loss(batch, rows);
      lost.mul(Tensors.scalar(factor)).backward();
      loss = lost.item_double();
      // detached: grad() alone refers into the rows, which are freed here
      gradient = Tensors.handOver(rows.grad().detach());
    }
    for (int i = layers - 1; i >= 0; i--) {
      try (var _ = new PointerScope()) {
        var rows = inputs.get(i).detach().requires_grad_(i > 0);
        Tensors.backward(model.layer(i, rows, attention, dropout), gradient);
        gradient = i > 0 ? Tensors.handOver(rows.grad().detach()) : gradient;
      }
    }
    return loss;
  }
}
