package io.candor.serving;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A transformer encoder with its tokenizer on ONNX Runtime, in this process: what embedding models
 * and cross-encoders have in common.
 *
 * <p>Each input is a run of its own: in a batch a quantised model is slower, and a result would
 * depend on its batch mates.
 */
public final class OnnxEncoder implements AutoCloseable {
  static {
    // The tokenizer library otherwise reports its use to its makers once a day.
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final String name;
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;

  /** Closing waits for what is being read: the memory is the native session's. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * Loads an encoder from disk, with ONNX Runtime's own number of threads.
   *
   * @param name what errors call it
   * @param maxTokens what an input may have, special ones included; the rest is not read
   * @throws IllegalArgumentException says which file cannot be used, and why
   */
  public OnnxEncoder(String name, Path model, Path vocabulary, int maxTokens) {
    this(name, new EncoderFiles.OnDisk(model, vocabulary), maxTokens, 0);
  }

  OnnxEncoder(String name, EncoderFiles files, int maxTokens, int threads) {
    this.name = name;
    tokenizer = tokenizer(files, maxTokens);
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      // The arena never gives memory back, and grows with the longest text seen.
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      // Waiting threads sleep: the language model needs the cores.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = files.open(environment, options);
    } catch (IOException | OrtException e) {
      tokenizer.close();
      throw new IllegalArgumentException(
          "ONNX Runtime cannot load %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private HuggingFaceTokenizer tokenizer(EncoderFiles files, int maxTokens) {
    try (var vocabulary = files.tokenizer()) {
      return HuggingFaceTokenizer.newInstance(
          vocabulary,
          Map.of("padding", "false", "truncation", "true", "maxLength", "" + maxTokens));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the tokenizer of %s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  public Encoding encode(String text) {
    return whileOpen(() -> tokenizer.encode(text, true, false));
  }

  /** Two texts as one input. */
  public Encoding encode(String first, String second) {
    return whileOpen(() -> tokenizer.encode(first, second, true, false));
  }

  /** Runs the encoder on one input, and takes from its first output what is wanted. */
  public <T> T run(Encoding input, Function<OnnxTensor, T> wanted) {
    return whileOpen(() -> {
      try (var ids = tensor(input.getIds());
          var mask = tensor(input.getAttentionMask());
          var types = tensor(input.getTypeIds());
          var result = session.run(inputs(ids, mask, types))) {
        return wanted.apply((OnnxTensor) result.get(0));
      } catch (OrtException e) {
        throw new IllegalStateException(
            "ONNX Runtime could not run %s: %s".formatted(name, e.getMessage()), e);
      }
    });
  }

  private <T> T whileOpen(Supplier<T> work) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(name + " is closed");
      }
      return work.get();
    } finally {
      use.readLock().unlock();
    }
  }

  /** Not every encoder knows of token types. */
  private Map<String, OnnxTensor> inputs(OnnxTensor ids, OnnxTensor mask, OnnxTensor types) {
    var inputs =
        new HashMap<>(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types));
    inputs.keySet().retainAll(session.getInputNames());
    return inputs;
  }

  private OnnxTensor tensor(long[] row) throws OrtException {
    return OnnxTensor.createTensor(environment, new long[][] {row});
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close " + name, e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
