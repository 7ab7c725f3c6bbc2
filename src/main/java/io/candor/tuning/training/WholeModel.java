package io.candor.tuning.training;

import io.candor.serving.lora.Gguf;
import io.candor.serving.lora.GgufWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** All weights of a small model, trained without an adapter. */
final class WholeModel implements Trainable {
  private static final String FILE_TYPE = "general.file_type";
  private static final int ALL_F32 = 0;

  private final BaseModel base;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();

  /** Of a base whose weights are in memory. */
  WholeModel(BaseModel base) {
    this.base = base;
    base.weights()
        .forEach((names, weight) ->
            parameters.put(String.join("+", names), weight.requires_grad_(true)));
  }

  @Override
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** What the base's file has beside its weights is copied: the vocabulary, the chat template. */
  @Override
  public void write(Path file) throws IOException {
    var metadata = new LinkedHashMap<String, Object>(base.file().entries());
    metadata.put(FILE_TYPE, ALL_F32);
    var values = new ArrayList<GgufWriter.Values>();
    base.weights().forEach((names, weight) -> values.addAll(parts(names, weight)));
    base.file().gguf().tensors().values().stream()
        .filter(tensor -> values.stream().noneMatch(v -> v.name().equals(tensor.name())))
        .map(this::kept)
        .toList()
        .forEach(values::add);
    GgufWriter.write(file, metadata, values);
  }

  /** What is no weight of a layer, such as the divisors of Llama 3.1's frequencies. */
  private GgufWriter.Values kept(Gguf.Tensor tensor) {
    int rows = Math.toIntExact(tensor.values() / tensor.shape().getFirst());
    return new GgufWriter.Values(
        tensor.name(), tensor.shape(), () -> base.file().rows(tensor, 0, rows));
  }

  /** A weight that is several tensors of the file, below each other. */
  private List<GgufWriter.Values> parts(List<String> names, Tensor weight) {
    var parts = new ArrayList<GgufWriter.Values>();
    long row = 0;
    for (var name : names) {
      var shape = base.file().gguf().tensors().get(name).shape();
      long first = row;
      parts.add(new GgufWriter.Values(name, shape, () -> values(weight, first, shape.getLast())));
      row += shape.getLast();
    }
    return parts;
  }

  private static float[] values(Tensor weight, long first, long rows) {
    try (var _ = new PointerScope()) {
      return Tensors.floats(weight.narrow(0, first, rows));
    }
  }
}
