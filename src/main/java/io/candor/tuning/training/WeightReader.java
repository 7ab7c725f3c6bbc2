package io.candor.tuning.training;

import io.candor.serving.lora.Gguf;
import io.candor.serving.lora.GgufReader;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Reads weights from a GGUF file as floats, whatever they are kept as. */
record WeightReader(GgufReader file, ScalarType precision) {
  private static final int VALUES_AT_ONCE = 1 << 20;

  LayerWeights layer(int index) {
    return new LayerWeights(
        read(index, "attn_norm.weight"),
        read(index, "attn_q.weight", "attn_k.weight", "attn_v.weight"),
        has("blk.%d.attn_q.bias".formatted(index))
            ? read(index, "attn_q.bias", "attn_k.bias", "attn_v.bias")
            : null,
        read(index, "attn_output.weight"),
        read(index, "ffn_norm.weight"),
        read(index, "ffn_gate.weight", "ffn_up.weight"),
        read(index, "ffn_down.weight"));
  }

  private Tensor read(int layer, String... names) {
    return read(LayerWeights.names(layer, names));
  }

  boolean has(String name) {
    return file.gguf().tensors().containsKey(name);
  }

  Gguf.Tensor tensor(String name) {
    var tensor = file.gguf().tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("the base has no tensor " + name);
    }
    return tensor;
  }

  /** Reads tensors with rows of one length, one below the other. */
  Tensor read(List<String> names) {
    var tensors = names.stream().map(this::tensor).toList();
    long length = tensors.getFirst().shape().getFirst();
    boolean matrix = tensors.getFirst().shape().size() == 2;
    long values = tensors.stream().mapToLong(Gguf.Tensor::values).sum();
    var all = matrix ? torch.empty(values / length, length) : torch.empty(values);
    long at = 0;
    for (var tensor : tensors) {
      copy(tensor, all, at);
      at += tensor.values();
    }
    return all.to(precision);
  }

  private void copy(Gguf.Tensor tensor, Tensor to, long offset) {
    int length = Math.toIntExact(tensor.shape().getFirst());
    long rows = tensor.values() / length;
    int atOnce = Math.max(1, VALUES_AT_ONCE / length);
    long start = to.data_ptr_float().address() + offset * Float.BYTES;
    IntStream.range(0, Math.toIntExact(Math.ceilDiv(rows, atOnce)))
        .parallel()
        .forEach(part -> {
          long first = (long) part * atOnce;
          var values = file.rows(tensor, first, (int) Math.min(atOnce, rows - first));
          Tensors.put(values, start + first * length * Float.BYTES);
        });
  }
}
