package io.candor.tuning.training;

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

  private final GgufReader reader;
  private final LlamaShape shape;
  private final WeightReader weights;
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
    shape = LlamaShape.of(reader);
    weights = new WeightReader(reader, precision);
    scope = new PointerScope();
    outputNorm = weights.read(List.of(OUTPUT_NORM));
    if (!quantised) {
      embeddings = weights.read(List.of(EMBEDDINGS));
      head = weights.has(OUTPUT) ? weights.read(List.of(OUTPUT)) : embeddings;
      IntStream.range(0, shape.layers()).forEach(i -> resident.add(weights.layer(i)));
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
    return quantised() ? weights.layer(index) : resident.get(index);
  }

  Tensor outputNorm() {
    return outputNorm;
  }

  /** What the last hidden states are multiplied with to give each token's logit. */
  Tensor head() {
    return quantised() ? weights.read(List.of(weights.has(OUTPUT) ? OUTPUT : EMBEDDINGS)) : head;
  }

  /** The first states of some tokens, a row each. */
  Tensor embed(Tensor tokens) {
    if (!quantised()) {
      return torch.embedding(embeddings, tokens);
    }
    var table = weights.tensor(EMBEDDINGS);
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

  /** All weights in memory, by the names of the file's tensors that each is made of. */
  Map<List<String>, Tensor> weights() {
    var all = new LinkedHashMap<List<String>, Tensor>();
    all.put(List.of(EMBEDDINGS), embeddings);
    for (int i = 0; i < resident.size(); i++) {
      all.putAll(resident.get(i).byNames(i));
    }
    all.put(List.of(OUTPUT_NORM), outputNorm);
    if (weights.has(OUTPUT)) {
      all.put(List.of(OUTPUT), head);
    }
    return all;
  }

  GgufReader file() {
    return reader;
  }

  @Override
  public void close() {
    scope.close();
    reader.close();
  }
}
