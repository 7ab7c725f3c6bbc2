package io.candor.tuning.training;

import io.candor.serving.lora.Gguf;
import io.candor.serving.lora.GgufReader;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a model of the Llama family, as its GGUF file has them.
 *
 * @param headWidth of a head, for queries as for keys and values
 * @param rope how positions turn queries and keys
 */
record LlamaShape(
    String architecture,
    int layers,
    int width,
    int heads,
    int keyHeads,
    int headWidth,
    int feedForward,
    int vocabulary,
    int context,
    double epsilon,
    Rope rope) {
  private static final List<String> FAMILY = List.of("llama", "qwen2");
  private static final String EMBEDDINGS = "token_embd.weight";

  LlamaShape {
    if (heads % keyHeads != 0) {
      throw new IllegalArgumentException(
          "%d heads cannot share %d keys evenly".formatted(heads, keyHeads));
    }
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if the model is none that the trainer can compute
   */
  static LlamaShape of(GgufReader file) {
    var gguf = file.gguf();
    var architecture = gguf.text("general.architecture").orElse("unknown");
    if (!FAMILY.contains(architecture)) {
      throw new IllegalArgumentException(
          "the base is of architecture %s; the trainer knows %s: SmolLM2, Llama, Mistral, Qwen2"
              .formatted(architecture, String.join(" and ", FAMILY)));
    }
    var metadata = new Metadata(gguf, architecture);
    if (metadata.number("expert_count", 0) > 0) {
      throw new IllegalArgumentException("the base is a mixture of experts, which is not known");
    }
    int width = metadata.integer("embedding_length");
    int heads = metadata.integer("attention.head_count");
    int headWidth = (int) metadata.number("attention.key_length", (double) width / heads);
    if (metadata.number("rope.dimension_count", headWidth) != headWidth) {
      throw new IllegalArgumentException("the base turns a part of each head only: not known");
    }
    var embeddings = gguf.tensors().get(EMBEDDINGS);
    if (embeddings == null) {
      throw new IllegalArgumentException("the base has no tensor " + EMBEDDINGS);
    }
    return new LlamaShape(
        architecture,
        metadata.integer("block_count"),
        width,
        heads,
        (int) metadata.number("attention.head_count_kv", heads),
        headWidth,
        metadata.integer("feed_forward_length"),
        Math.toIntExact(embeddings.shape().getLast()),
        metadata.integer("context_length"),
        metadata.number("attention.layer_norm_rms_epsilon", 1e-5),
        rope(file, metadata));
  }

  private static Rope rope(GgufReader file, Metadata metadata) {
    var scaling = file.gguf().text(metadata.key("rope.scaling.type")).orElse("none");
    if (!List.of("none", "linear").contains(scaling)) {
      throw new IllegalArgumentException(
          "the base scales its positions by %s, which is not known".formatted(scaling));
    }
    return new Rope(
        metadata.number("rope.freq_base", 10_000),
        scaling.equals("linear") ? metadata.number("rope.scaling.factor", 1) : 1,
        metadata.architecture().equals("qwen2"),
        divisors(file));
  }

  private static List<Float> divisors(GgufReader file) {
    var tensor = file.gguf().tensors().get("rope_freqs.weight");
    var divisors = new ArrayList<Float>();
    if (tensor != null) {
      for (float divisor : file.rows(tensor, 0, 1)) {
        divisors.add(divisor);
      }
    }
    return divisors;
  }

  int queryWidth() {
    return heads * headWidth;
  }

  int keyWidth() {
    return keyHeads * headWidth;
  }

  private record Metadata(Gguf gguf, String architecture) {
    String key(String name) {
      return architecture + "." + name;
    }

    double number(String name, double otherwise) {
      return gguf.number(key(name)).map(Double::valueOf).orElse(otherwise);
    }

    int integer(String name) {
      return gguf.number(key(name))
          .orElseThrow(() -> new IllegalArgumentException("the base does not say its " + key(name)))
          .intValue();
    }
  }
}
