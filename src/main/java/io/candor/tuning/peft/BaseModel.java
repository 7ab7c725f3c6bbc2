package io.candor.tuning.peft;

import io.candor.serving.lora.Gguf;
import io.candor.serving.lora.GgufReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The model that an adapter is for: what decides how the adapter's values lie in a GGUF file.
 *
 * @param layers how many blocks it has
 * @param heads of the queries
 * @param keyHeads of the keys, fewer where queries share them
 */
record BaseModel(String architecture, int layers, int heads, int keyHeads) {
  /** Whether llama.cpp's conversion of an architecture interleaves the rows of queries and keys. */
  private static final Map<String, Boolean> INTERLEAVED =
      Map.of("llama", true, "qwen2", false, "qwen3", false);

  BaseModel {
    if (!INTERLEAVED.containsKey(architecture)) {
      throw new IllegalArgumentException(
          "PEFT adapters for a base of architecture %s are not supported; for %s they are"
              .formatted(architecture, INTERLEAVED.keySet().stream().sorted().toList()));
    }
  }

  /**
   * Reads it from the model's GGUF file.
   *
   * @throws IllegalArgumentException if the file is no model, or one of an unknown architecture
   */
  static BaseModel read(Path file) throws IOException {
    try (var reader = new GgufReader(file)) {
      var gguf = reader.gguf();
      var architecture = gguf.text("general.architecture").orElse("unknown");
      int heads = number(gguf, architecture + ".attention.head_count");
      var keyHeads = gguf.number(architecture + ".attention.head_count_kv");
      return new BaseModel(
          architecture,
          number(gguf, architecture + ".block_count"),
          heads,
          keyHeads.map(Float::intValue).orElse(heads));
    }
  }

  private static int number(Gguf gguf, String key) {
    return gguf.number(key)
        .orElseThrow(() -> new IllegalArgumentException("the base does not say its " + key))
        .intValue();
  }

  /** How the rows of a weight lie in GGUF and in PEFT. */
  RowOrder order(String weight) {
    if (!INTERLEAVED.get(architecture)) {
      return RowOrder.SAME;
    }
    return weight.endsWith(".attn_q.weight")
        ? new RowOrder(heads)
        : weight.endsWith(".attn_k.weight") ? new RowOrder(keyHeads) : RowOrder.SAME;
  }
}
