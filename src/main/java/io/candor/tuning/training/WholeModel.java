package io.candor.tuning.training;

import io.candor.serving.lora.GgufWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    var kept = base.file().gguf().tensors().values().stream();
    var written = values.stream().map(GgufWriter.Values::name).toList();
    kept.filter(tensor -> !written.contains(tensor.name()))
        .forEach(tensor -> {
          int rows = Math.toIntExact(tensor.values() / tensor.shape().getFirst());
          values.add(
              new GgufWriter.Values(
                  tensor.name(), tensor.shape(), () -> base.file().rows(tensor, 0, rows)));
        });
    GgufWriter.write(file, metadata, values);
  }

  /** A weight that is several tensors of the file, below each other. */
  private List<GgufWriter.Values> parts(List<String> names, Tensor weight) {
    var parts = new ArrayList<GgufWriter.Values>();
    long row = 0;
    for (var name : names) {
      var shape = base.file().gguf().tensors().get(name).shape();
      long first = row;
      long rows = shape.getLast();
      Supplier<float[]> values =
          () -> {
            try (var _ = new PointerScope()) {
              return Tensors.floats(weight.narrow(0, first, rows));
            }
          };
      parts.add(new GgufWriter.Values(name, shape, values));
      row += rows;
    }
    return parts;
  }
}
