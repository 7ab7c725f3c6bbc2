package io.candor.tuning.training;

import io.candor.serving.lora.Gguf;
import io.candor.serving.lora.GgufReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The model that is tuned: the very GGUF file that is served. Its weights are either all in memory
 * as floats, or stay quantised in the mapped file and are read layer by layer where they are needed
 * (QLoRA, Dettmers et al. 2023).
 */
final class BaseModel implements AutoCloseable {
  private static final int VALUES_AT_ONCE = 1 << 20;

  private final GgufReader reader;
  private final LlamaShape shape;
  private final ScalarType precision;
  private final List<LayerWeights> resident = new ArrayList<>();
  private final PointerScope scope;
  private final Tensor outputNorm;
  private Tensor embeddings;
  private Tensor head;

  /**
   * Reads a model.
   *
   * @param quantised whether the weights stay in the file
   * @throws IllegalArgumentException if the model is none of the Llama family
   */
  BaseModel(Path file, boolean quantised, ScalarType precision) throws IOException {
    this.precision = precision;
    reader = new GgufReader(file);
    shape = LlamaShape.of(reader.gguf());
    scope = new PointerScope();
    outputNorm = read("output_norm.weight");
    if (!quantised) {
      embeddings = read("token_embd.weight");
      head = has("output.weight") ? read("output.weight") : embeddings;
      IntStream.range(0, shape.layers()).forEach(i -> resident.add(readLayer(i)));
    }
    scope.extend().close();
  }

  LlamaShape shape() {
    return shape;
  }

  ScalarType precision() {
    return precision;
  }

  boolean quantised() {
    return resident.isEmpty();
  }

  /** A layer's weights; those that are read now are freed with the caller's scope. */
  LayerWeights layer(int index) {
    return quantised() ? readLayer(index) : resident.get(index);
  }

  Tensor outputNorm() {
    return outputNorm;
  }

  /** What the last hidden states are multiplied with to give each token's logit. */
  Tensor head() {
    return quantised() ? read(headName()) : head;
  }

  /** The first states of some tokens, a row each. */
  Tensor embed(Tensor tokens) {
    if (!quantised()) {
      return torch.embedding(embeddings, tokens);
    }
    var table = tensor("token_embd.weight");
    var rows = torch.empty(tokens.numel(), shape.width());
    try (var _ = new PointerScope()) {
      var ids = tokens.data_ptr_long();
      var out = rows.data_ptr_float();
      for (long i = 0; i < tokens.numel(); i++) {
        out.position(i * shape.width()).put(reader.rows(table, ids.get(i), 1), 0, shape.width());
      }
    }
    return rows.to(precision);
  }

  private String headName() {
    return has("output.weight") ? "output.weight" : "token_embd.weight";
  }

  private LayerWeights readLayer(int index) {
    var name = "blk.%d.".formatted(index);
    return new LayerWeights(
        read(name + "attn_norm.weight"),
        read(name + "attn_q.weight", name + "attn_k.weight", name + "attn_v.weight"),
        has(name + "attn_q.bias")
            ? read(name + "attn_q.bias", name + "attn_k.bias", name + "attn_v.bias")
            : null,
        read(name + "attn_output.weight"),
        read(name + "ffn_norm.weight"),
        read(name + "ffn_gate.weight", name + "ffn_up.weight"),
        read(name + "ffn_down.weight"));
  }

  boolean has(String name) {
    return reader.gguf().tensors().containsKey(name);
  }

  Gguf.Tensor tensor(String name) {
    var tensor = reader.gguf().tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("the base has no tensor " + name);
    }
    return tensor;
  }

  /** Reads tensors with rows of one length, one below the other. */
  private Tensor read(String... names) {
    var tensors = List.of(names).stream().map(this::tensor).toList();
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
          var values = reader.rows(tensor, first, (int) Math.min(atOnce, rows - first));
          Tensors.put(values, start + first * length * Float.BYTES);
        });
  }

  @Override
  public void close() {
    scope.close();
    reader.close();
  }
}
