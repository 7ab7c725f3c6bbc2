package io.candor.serving.lora;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Merges LoRA adapters of one base into one, which does what all of them do at once, each with its
 * weight. Nothing is approximated: {@code w1·B1·A1 + w2·B2·A2 = [w1·B1 w2·B2] · [A1; A2]}, so the
 * ranks add up.
 */
public final class LoraMerge {
  /** An adapter's file and how much of it goes into the merged one. */
  public record Part(Path file, float weight) {
    public Part {
      if (!Float.isFinite(weight) || weight == 0) {
        throw new IllegalArgumentException("a part's weight is a number other than 0");
      }
    }
  }

  /** An adapter that is open for reading. */
  private record Open(GgufReader reader, LoraAdapter adapter, float weight) {}

  private LoraMerge() {}

  /**
   * Writes the merged adapter.
   *
   * @param parts two or more, of the same architecture
   * @throws IllegalArgumentException if a part is no adapter or is quantised, or if parts differ in
   *     the shape of a weight
   */
  public static void merge(List<Part> parts, String name, Path out) throws IOException {
    var open = new ArrayList<Open>();
    try {
      for (var part : parts) {
        var reader = new GgufReader(part.file());
        open.add(new Open(reader, LoraAdapter.of(reader.gguf()), part.weight()));
      }
      write(open, name, out);
    } finally {
      open.forEach(part -> part.reader().close());
    }
  }

  private static void write(List<Open> parts, String name, Path out) throws IOException {
    var architectures =
        parts.stream().map(part -> part.adapter().architecture()).distinct().toList();
    if (architectures.size() != 1) {
      throw new IllegalArgumentException(
          "adapters for different bases cannot be merged: " + architectures);
    }
    var weights = new LinkedHashSet<String>();
    parts.forEach(part -> weights.addAll(part.adapter().pairs().keySet()));
    var pairs = new LinkedHashMap<String, LoraAdapter.Matrices>();
    for (var weight : weights) {
      pairs.put(weight, pair(weight, parts));
    }
    // The scales of the parts are in the values: llama.cpp takes an alpha of 0 as a scale of 1.
    LoraAdapter.write(out, name, architectures.getFirst(), 0, pairs);
  }

  private static LoraAdapter.Matrices pair(String weight, List<Open> parts) {
    var having = parts.stream().filter(part -> part.adapter().pairs().containsKey(weight)).toList();
    var as = new ArrayList<Matrix>();
    var bs = new ArrayList<Matrix>();
    for (var part : having) {
      var pair = part.adapter().pairs().get(weight);
      as.add(Matrix.read(part.reader(), pair.a()));
      bs.add(
          Matrix.read(part.reader(), pair.b()).times(part.weight() * part.adapter().scale(pair)));
    }
    boolean turned = weight.equals(LoraFit.EMBEDDINGS);
    var a = turned ? Matrix.beside(as) : Matrix.below(as);
    return new LoraAdapter.Matrices(a, Matrix.beside(bs));
  }
}
