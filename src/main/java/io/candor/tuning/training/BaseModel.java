package io.candor.tuning.training;

import io.candor.serving.lora.Gguf;
import io.candor.serving.lora.GgufReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final String EMBEDDINGS = "token_embd.weight";
  private static final String OUTPUT_NORM = "output_norm.weight";
  private static final String OUTPUT = "output.weight";
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
    outputNorm = read(List.of(OUTPUT_NORM));
    if (!quantised) {
      embeddings = read(List.of(EMBEDDINGS));
      head = has(OUTPUT) ? read(List.of(OUTPUT)) : embeddings;
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
    return quantised() ? read(List.of(has(OUTPUT) ? OUTPUT : EMBEDDINGS)) : head;
  }

  /** The first states of some tokens, a row each. */
  Tensor embed(Tensor tokens) {
    if (!quantised()) {
      return torch.embedding(embeddings, tokens);
    }
    var table = tensor(EMBEDDINGS);
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

  private LayerWeights readLayer(int index) {
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

  /** All weights in memory, by the names of the file's tensors that each is made of. */
  Map<List<String>, Tensor> weights() {
    var all = new LinkedHashMap<List<String>, Tensor>();
    all.put(List.of(EMBEDDINGS), embeddings);
    for (int i = 0; i < resident.size(); i++) {
      all.putAll(resident.get(i).byNames(i));
    }
    all.put(List.of(OUTPUT_NORM), outputNorm);
    if (has(OUTPUT)) {
      all.put(List.of(OUTPUT), head);
    }
    return all;
  }

  GgufReader file() {
    return reader;
  }

  private boolean has(String name) {
    return reader.gguf().tensors().containsKey(name);
  }

  private Gguf.Tensor tensor(String name) {
    var tensor = reader.gguf().tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("the base has no tensor " + name);
    }
    return tensor;
  }

  /** Reads tensors with rows of one length, one below the other. */
  private Tensor read(List<String> names) {
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
