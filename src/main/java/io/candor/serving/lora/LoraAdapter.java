package io.candor.serving.lora;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A LoRA adapter as its GGUF file describes it: to a weight W of the base it adds {@code alpha /
 * rank · B · A} (Hu et al. 2021, LoRA: Low-Rank Adaptation of Large Language Models).
 *
 * @param architecture of the base, such as llama
 * @param alpha the numerator of the scale; 0 where the scale is 1
 * @param pairs by the names of the weights that they change
 */
public record LoraAdapter(String architecture, float alpha, Map<String, Pair> pairs) {
  static final String A = ".lora_a";
  static final String B = ".lora_b";

  /** The two matrices for one weight. */
  public record Pair(Gguf.Tensor a, Gguf.Tensor b) {
    public long rank() {
      return b.shape().getFirst();
    }
  }

  /**
   * Reads what a GGUF file says of itself.
   *
   * @throws IllegalArgumentException that says why the file is no LoRA adapter
   */
  public static LoraAdapter read(Path file) throws IOException {
    try (var reader = new GgufReader(file)) {
      return of(reader.gguf());
    }
  }

  /**
   * Reads what a file says of itself.
   *
   * @throws IllegalArgumentException that says why the file is no LoRA adapter
   */
  static LoraAdapter of(Gguf gguf) {
    var kind = gguf.text("general.type").orElse("model");
    if (!kind.equals("adapter")) {
      throw new IllegalArgumentException("the file is a %s, not an adapter".formatted(kind));
    }
    var type = gguf.text("adapter.type").orElse("unknown");
    if (!type.equals("lora")) {
      throw new IllegalArgumentException("the adapter is of type %s, not lora".formatted(type));
    }
    return new LoraAdapter(
        gguf.text("general.architecture").orElse("unknown"),
        gguf.number("adapter.lora.alpha").orElse(0f),
        pairs(gguf.tensors()));
  }

  private static Map<String, Pair> pairs(Map<String, Gguf.Tensor> tensors) {
    var pairs = new LinkedHashMap<String, Pair>();
    for (var name : tensors.keySet()) {
      if (!name.endsWith(A) && !name.endsWith(B)) {
        throw new IllegalArgumentException(
            "tensor %s is neither %s nor %s: such adapters are not supported"
                .formatted(name, A, B));
      }
      var weight = name.substring(0, name.length() - A.length());
      pairs.put(weight, pair(weight, tensors));
    }
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("the adapter changes no weight");
    }
    return pairs;
  }

  private static Pair pair(String weight, Map<String, Gguf.Tensor> tensors) {
    var a = tensors.get(weight + A);
    var b = tensors.get(weight + B);
    if (a == null || b == null) {
      throw new IllegalArgumentException("%s has only one of %s and %s".formatted(weight, A, B));
    }
    if (a.shape().size() != 2 || b.shape().size() != 2) {
      throw new IllegalArgumentException("the adapter's %s is not a matrix".formatted(weight));
    }
    if (b.shape().getFirst() < 1) {
      throw new IllegalArgumentException("the adapter's %s has no rank".formatted(weight));
    }
    return new Pair(a, b);
  }

  /** What the product of a pair is multiplied with. */
  public float scale(Pair pair) {
    return alpha == 0 ? 1 : alpha / pair.rank();
  }

  /** The two matrices for one weight, with their values. */
  public record Matrices(Matrix a, Matrix b) {}

  /**
   * Writes an adapter's GGUF file, with 32-bit values.
   *
   * @param alpha the numerator of the scale; 0 where the scale is 1
   * @param pairs by the names of the weights that they change
   */
  public static void write(
      Path file, String name, String architecture, float alpha, Map<String, Matrices> pairs)
      throws IOException {
    write(file, BlockType.F32, name, architecture, alpha, pairs);
  }

  /** The same with values of another type. */
  static void write(
      Path file,
      BlockType type,
      String name,
      String architecture,
      float alpha,
      Map<String, Matrices> pairs)
      throws IOException {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("general.type", "adapter");
    metadata.put("general.architecture", architecture);
    metadata.put("general.name", name);
    metadata.put("adapter.type", "lora");
    metadata.put("adapter.lora.alpha", alpha);
    var tensors = new ArrayList<GgufWriter.Values>();
    pairs.forEach((weight, pair) -> {
      tensors.add(pair.a().named(weight + A, type));
      tensors.add(pair.b().named(weight + B, type));
    });
    GgufWriter.write(file, metadata, tensors);
  }

  /** The highest of its ranks. */
  public long rank() {
    return pairs.values().stream().mapToLong(Pair::rank).max().orElseThrow();
  }
}
