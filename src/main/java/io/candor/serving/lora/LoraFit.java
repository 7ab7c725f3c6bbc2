package io.candor.serving.lora;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Whether an adapter fits a base model: llama.cpp would stop, or compute nonsense, if not. */
public final class LoraFit {
  static final String EMBEDDINGS = "token_embd.weight";
  private static final String OUTPUT = "output.weight";

  private LoraFit() {}

  /**
   * Returns if it fits.
   *
   * @param base the base model's GGUF file
   * @throws IllegalArgumentException that says why not
   */
  public static void check(Path adapter, Path base) throws IOException {
    try (var reader = new GgufReader(base)) {
      check(LoraAdapter.read(adapter), reader.gguf());
    }
  }

  private static void check(LoraAdapter adapter, Gguf base) {
    var architecture = base.text("general.architecture").orElse("unknown");
    if (!adapter.architecture().equals(architecture)) {
      throw new IllegalArgumentException(
          "the adapter was trained for a model of architecture %s; the base is %s"
              .formatted(adapter.architecture(), architecture));
    }
    adapter.pairs().forEach((weight, pair) -> check(weight, pair, base));
  }

  private static void check(String weight, LoraAdapter.Pair pair, Gguf base) {
    var tensor = base.tensors().get(weight);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "the adapter changes %s, which the base does not have".formatted(weight));
    }
    // llama.cpp would multiply with the pair turned around, and end the process.
    if (weight.equals(EMBEDDINGS) && !base.tensors().containsKey(OUTPUT)) {
      throw new IllegalArgumentException(
          "the adapter changes %s, which the base uses for its output as well".formatted(weight));
    }
    long rank = pair.rank();
    var in = tensor.shape().getFirst();
    var out = tensor.shape().getLast();
    // Tokens' embeddings are looked up and not multiplied, so their pair is turned around.
    var a = weight.equals(EMBEDDINGS) ? List.of(rank, out) : List.of(in, rank);
    var b = weight.equals(EMBEDDINGS) ? List.of(rank, in) : List.of(rank, out);
    if (tensor.shape().size() != 2 || !pair.a().shape().equals(a) || !pair.b().shape().equals(b)) {
      throw new IllegalArgumentException(
          "the adapter's %s has the shapes %s and %s; the base's %s would need %s and %s"
              .formatted(weight, pair.a().shape(), pair.b().shape(), tensor.shape(), a, b));
    }
  }
}
