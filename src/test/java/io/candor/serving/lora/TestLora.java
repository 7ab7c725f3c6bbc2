package io.candor.serving.lora;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes small adapters and bases of random weights, and multiplies what they hold. */
public final class TestLora {
  public static final String QUERY = "blk.0.attn_q.weight";
  static final String VALUE = "blk.0.attn_v.weight";

  private TestLora() {}

  /** A weight of the base that an adapter changes. */
  public record Weight(String name, int in, int out) {}

  static Map<String, Object> metadata(String architecture, float alpha) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("general.type", "adapter");
    metadata.put("general.architecture", architecture);
    metadata.put("adapter.type", "lora");
    metadata.put("adapter.lora.alpha", alpha);
    return metadata;
  }

  /** An adapter of that rank for some weights; its values are up to {@code size}. */
  public static Path adapter(
      Path file, long seed, int rank, float alpha, float size, Weight... weights)
      throws IOException {
    var random = new Random(seed);
    var tensors = new ArrayList<GgufWriter.Values>();
    for (var weight : weights) {
      tensors.add(random(weight.name() + LoraAdapter.A, weight.in(), rank, size, random));
      tensors.add(random(weight.name() + LoraAdapter.B, rank, weight.out(), size, random));
    }
    GgufWriter.write(file, metadata("llama", alpha), tensors);
    return file;
  }

  static Path base(Path file, Weight... weights) throws IOException {
    var tensors = new ArrayList<GgufWriter.Values>();
    for (var weight : weights) {
      tensors.add(random(weight.name(), weight.in(), weight.out(), 1, new Random(0)));
    }
    GgufWriter.write(file, Map.of("general.architecture", "llama"), tensors);
    return file;
  }

  static GgufWriter.Values random(String name, int in, int out, float size, Random random) {
    var values = new float[in * out];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextFloat() * 2 - 1) * size;
    }
    return new GgufWriter.Values(name, List.of((long) in, (long) out), values);
  }

  /** What an adapter adds to a weight, row after row: scale · B · A. */
  static double[] added(Path file, Weight weight) throws IOException {
    try (var reader = new GgufReader(file)) {
      var adapter = LoraAdapter.of(reader.gguf());
      var pair = adapter.pairs().get(weight.name());
      var sum = new double[weight.in() * weight.out()];
      if (pair == null) {
        return sum;
      }
      var a = reader.values(pair.a());
      var b = reader.values(pair.b());
      int rank = (int) pair.rank();
      for (int out = 0; out < weight.out(); out++) {
        for (int in = 0; in < weight.in(); in++) {
          for (int r = 0; r < rank; r++) {
            sum[out * weight.in() + in] +=
                (double) adapter.scale(pair) * b[out * rank + r] * a[r * weight.in() + in];
          }
        }
      }
      return sum;
    }
  }
}
