package io.candor.serving.lora;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/** A model of one layer with weights at random, without words. */
public final class TestModel {
  private static final int HEADS = 2;
  private static final int TOKENS = 64;
  private static final int INNER = 64;

  private TestModel() {}

  /** Writes one whose heads have so many numbers each. */
  public static Path write(Path file, int headSize) throws IOException {
    int width = HEADS * headSize;
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("general.architecture", "llama");
    metadata.put("llama.vocab_size", TOKENS);
    metadata.put("llama.context_length", 256);
    metadata.put("llama.embedding_length", width);
    metadata.put("llama.block_count", 1);
    metadata.put("llama.feed_forward_length", INNER);
    metadata.put("llama.attention.head_count", HEADS);
    metadata.put("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    metadata.put("tokenizer.ggml.model", "none");
    var random = new Random(headSize);
    var tensors = new ArrayList<GgufWriter.Values>();
    tensors.add(tensor("token_embd", random, width, TOKENS));
    tensors.add(tensor("output_norm", random, width));
    tensors.add(tensor("blk.0.attn_norm", random, width));
    for (var name : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
      tensors.add(tensor("blk.0." + name, random, width, width));
    }
    tensors.add(tensor("blk.0.ffn_norm", random, width));
    tensors.add(tensor("blk.0.ffn_gate", random, width, INNER));
    tensors.add(tensor("blk.0.ffn_up", random, width, INNER));
    tensors.add(tensor("blk.0.ffn_down", random, INNER, width));
    GgufWriter.write(file, metadata, tensors);
    return file;
  }

  private static GgufWriter.Values tensor(String name, Random random, int... shape) {
    var lengths = new ArrayList<Long>();
    int size = 1;
    for (int length : shape) {
      lengths.add((long) length);
      size *= length;
    }
    var values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new GgufWriter.Values(name + ".weight", lengths, values);
  }
}
