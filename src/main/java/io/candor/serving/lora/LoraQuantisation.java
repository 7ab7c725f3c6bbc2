package io.candor.serving.lora;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/**
 * Puts an adapter into blocks of 8 bits (Q8_0), the type of a base whose kernels add up one row as
 * they add up several: with it the adapter's do so too, and a lone answer needs no second row.
 */
public final class LoraQuantisation {
  private static final int BLOCK = 32;

  private LoraQuantisation() {}

  /**
   * Writes the adapter in 8 bits; its ranks are filled up with zeros to whole blocks.
   *
   * @return whether it could: not where it is quantised already, or rows are no whole blocks
   */
  public static boolean write(Path adapter, Path out) throws IOException {
    try (var reader = new GgufReader(adapter)) {
      var lora = LoraAdapter.of(reader.gguf());
      var pairs = new LinkedHashMap<String, LoraAdapter.Matrices>();
      for (var pair : lora.pairs().entrySet()) {
        var a = pair.getValue().a();
        var b = pair.getValue().b();
        boolean whole = a.shape().getFirst() % BLOCK == 0 && b.shape().getLast() % BLOCK == 0;
        if (!whole || !a.isPlain() || !b.isPlain() || pair.getKey().equals(LoraFit.EMBEDDINGS)) {
          return false;
        }
        // llama.cpp divides by the rank that it finds: the true scale goes into B.
        var scaled = Matrix.read(reader, b).times(lora.scale(pair.getValue()));
        var matrices =
            new LoraAdapter.Matrices(Matrix.read(reader, a).filled(BLOCK), scaled.filled(BLOCK));
        pairs.put(pair.getKey(), matrices);
      }
      LoraAdapter.write(out, BlockType.Q8_0, "served", lora.architecture(), 0, pairs);
      return true;
    }
  }
}
