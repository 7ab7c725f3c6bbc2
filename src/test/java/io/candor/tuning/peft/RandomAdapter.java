package io.candor.tuning.peft;

import io.candor.serving.lora.GgufReader;
import io.candor.serving.lora.LoraAdapter;
import io.candor.serving.lora.LoraAdapter.Matrices;
import io.candor.serving.lora.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Random;

/** Writes adapters of random values for all linear layers of a base. */
final class RandomAdapter {
  private static final String LINEAR =
      "blk\\.\\d+\\.(attn_(q|k|v|output)|ffn_(gate|up|down))\\.weight";

  private RandomAdapter() {}

  static void write(Path base, Path out) throws IOException {
    write(base, out, 4, 8);
  }

  static void write(Path base, Path out, int rank, float alpha) throws IOException {
    var random = new Random(5);
    var pairs = new LinkedHashMap<String, Matrices>();
    try (var reader = new GgufReader(base)) {
      var model = reader.gguf();
      for (var weight : model.tensors().values()) {
        if (weight.name().matches(LINEAR)) {
          int in = Math.toIntExact(weight.shape().getFirst());
          int rows = Math.toIntExact(weight.shape().getLast());
          var a = random(in, rank, random);
          pairs.put(weight.name(), new Matrices(a, random(rank, rows, random)));
        }
      }
      var architecture = model.text("general.architecture").orElseThrow();
      LoraAdapter.write(out, "random", architecture, alpha, pairs);
    }
  }

  private static Matrix random(int rowLength, int rows, Random random) {
    var values = new float[rowLength * rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextFloat() - 0.5f) * 0.1f;
    }
    return new Matrix(rowLength, values);
  }
}
