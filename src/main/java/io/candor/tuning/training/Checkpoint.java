package io.candor.tuning.training;

import io.candor.serving.lora.GgufReader;
import io.candor.serving.lora.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a run can go on after it was killed: a GGUF file with the parameters, the optimiser's
 * moments and the {@link State}. Everything random follows from the seed and the step.
 */
final class Checkpoint {
  private final Path file;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * How far a run is.
   *
   * @param step that was done last
   * @param best the lowest validation loss; infinite before the first
   * @param sinceBest validations since then
   */
  record State(int step, double best, int sinceBest) {
    static final State START = new State(0, Double.POSITIVE_INFINITY, 0);

    State after(double validation) {
      return validation < best
          ? new State(step, validation, 0)
          : new State(step, best, sinceBest + 1);
    }

    State next() {
      return new State(step + 1, best, sinceBest);
    }
  }

  Checkpoint(Path file, Map<String, Tensor> parameters, Map<String, Tensor> moments) {
    this.file = file;
    tensors.putAll(parameters);
    tensors.putAll(moments);
  }

  /** The file appears whole or not at all. */
  void write(State state) throws IOException {
    var metadata =
        Map.of(
            "candor.step", state.step(),
            "candor.best", Double.toString(state.best()),
            "candor.since_best", state.sinceBest());
    var unfinished = file.resolveSibling(file.getFileName() + ".part");
    GgufWriter.write(unfinished, metadata, Tensors.named(tensors));
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Fills the tensors from the file, if there is one. */
  Optional<State> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var reader = new GgufReader(file);
        var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      for (var entry : tensors.entrySet()) {
        fill(entry.getValue(), entry.getKey(), reader);
      }
      var gguf = reader.gguf();
      return Optional.of(
          new State(
              gguf.number("candor.step").orElseThrow().intValue(),
              Double.parseDouble(gguf.text("candor.best").orElseThrow()),
              gguf.number("candor.since_best").orElseThrow().intValue()));
    }
  }

  private void fill(Tensor tensor, String name, GgufReader reader) {
    var stored = reader.gguf().tensors().get(name);
    if (stored == null || stored.values() != tensor.numel()) {
      throw new IllegalArgumentException(
          "the checkpoint is of another run: %s does not fit".formatted(name));
    }
    int rows = Math.toIntExact(stored.values() / stored.shape().getFirst());
    tensor.copy_(Tensors.of(reader.rows(stored, 0, rows), tensor.shape()));
  }
}
