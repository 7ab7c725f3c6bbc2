package io.candor.tuning.training;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The forward pass of a Llama (Touvron et al. 2023) over a batch, as tensors that libtorch can
 * differentiate. A layer is a function of its own: it can be computed again in the backward pass.
 */
final class Llama {
  private static final List<String> READING_STATES = List.of("attn_q", "attn_k", "attn_v");
  private static final List<String> FEEDING = List.of("ffn_gate", "ffn_up");

  /** The reduction by adding, as libtorch counts them, and the target that is left out: none. */
  private static final int SUM = 2;

  private static final int NO_TARGET = -100;

  private final BaseModel base;
  private final Lora lora;
  private final Scalar epsilon;

  Llama(BaseModel base, Lora lora) {
    this.base = base;
    this.lora = lora;
    epsilon = new Scalar(base.shape().epsilon());
  }

  /** What a layer makes of the rows; {@code seed} says what dropout leaves out. */
  Tensor layer(int index, Tensor rows, Attention attention, Dropout dropout) {
    try (var _ = new PointerScope()) {
      var weights = base.layer(index);
      dropout.begin(index);
      var attended = rows.add(attend(index, weights, rows, attention, dropout));
      var fed = attended.add(feed(index, weights, attended, dropout));
      return Tensors.handOver(fed);
    }
  }

  private Tensor attend(
      int index, LayerWeights weights, Tensor rows, Attention attention, Dropout dropout) {
    var shape = base.shape();
    var input = norm(rows, weights.attentionNorm());
    var dropped = lora.changes(index, READING_STATES) ? dropout.of(input) : input;
    var all = torch.linear(input, weights.queryKeyValue(), optional(weights.bias()));
    var parts =
        all.split_with_sizes(
            new long[] {shape.queryWidth(), shape.keyWidth(), shape.keyWidth()}, 1);
    var taken =
        attention.apply(
            lora.adapt(index, "attn_q", dropped, parts.get(0)),
            lora.adapt(index, "attn_k", dropped, parts.get(1)),
            lora.adapt(index, "attn_v", dropped, parts.get(2)));
    return through(index, "attn_output", weights.output(), taken, dropout);
  }

  private Tensor feed(int index, LayerWeights weights, Tensor rows, Dropout dropout) {
    int width = base.shape().feedForward();
    var input = norm(rows, weights.feedForwardNorm());
    var dropped = lora.changes(index, FEEDING) ? dropout.of(input) : input;
    var both = torch.linear(input, weights.gateUp()).split(width, 1);
    var gate = lora.adapt(index, "ffn_gate", dropped, both.get(0));
    var up = lora.adapt(index, "ffn_up", dropped, both.get(1));
    return through(index, "ffn_down", weights.down(), torch.silu(gate).mul(up), dropout);
  }

  private Tensor through(int index, String name, Tensor weight, Tensor input, Dropout dropout) {
    var output = torch.linear(input, weight);
    return lora.changes(index, List.of(name))
        ? lora.adapt(index, name, dropout.of(input), output)
        : output;
  }

  /** The sum over the answers' tokens of how unlikely each is, in nats. */
  Tensor loss(Batch batch, Tensor rows) {
    var answering = rows.index_select(0, Tensors.of(batch.predicting()));
    var logits = torch.linear(norm(answering, base.outputNorm()), base.head());
    return torch.cross_entropy_loss(
        logits, Tensors.of(batch.targets()), new TensorOptional(), SUM, NO_TARGET, 0);
  }

  /** Zhang and Sennrich 2019, Root Mean Square Layer Normalization. */
  private Tensor norm(Tensor rows, Tensor weight) {
    var inverse =
        rows.square().mean(new long[] {-1}, true, new ScalarTypeOptional()).add(epsilon).rsqrt();
    return rows.mul(inverse).mul(weight);
  }

  private static TensorOptional optional(Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
  }
}
