package io.candor.serving;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A transformer encoder with its tokenizer on ONNX Runtime, in this process. Vectors have length 1.
 *
 * <p>Each text is a run of its own: in a batch a quantised model is slower, and a vector would
 * depend on its batch mates.
 */
class OnnxEmbeddingModel implements TextEmbeddingModel {
  /** Runs at once for one caller: some steps of a run keep one core busy, and leave the others. */
  private static final int IN_FLIGHT = 2;

  static {
    // The tokenizer library otherwise reports its use to its makers once a day.
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /**
   * What is to be known of a model beside its files.
   *
   * @param maxTokens what a text may have, special ones included; the rest is not read
   * @param threads that one embedding uses
   */
  record Settings(
      String name,
      Pooling pooling,
      String queryPrefix,
      String passagePrefix,
      int maxTokens,
      int threads) {
    Settings {
      if (threads < 1) {
        throw new IllegalArgumentException("embedding threads must be at least 1, not " + threads);
      }
      if (maxTokens < 3) {
        throw new IllegalArgumentException("max-tokens must be at least 3, not " + maxTokens);
      }
    }
  }

  private final Settings settings;
  private final QueryCache queries = new QueryCache();
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;
  private final int dimension;

  /** Closing waits for texts being embedded: their memory is the native session's. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  OnnxEmbeddingModel(Settings settings, EncoderFiles files) {
    this.settings = settings;
    try (var options = new OrtSession.SessionOptions();
        var vocabulary = files.tokenizer()) {
      options.setIntraOpNumThreads(settings.threads());
      // The arena never gives memory back, and grows with the longest text seen.
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      // Waiting threads sleep: the language model needs the cores.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              vocabulary,
              Map.of(
                  "padding", "false", "truncation", "true", "maxLength", "" + settings.maxTokens));
      session = files.open(environment, options);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the embedding model " + settings.name(), e);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot load " + settings.name(), e);
    }
    dimension = vector(encode("")).length;
  }

  @Override
  public Embedding embedQuery(String query) {
    return queries.get(query, text -> vector(encode(settings.queryPrefix() + text)));
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    var encodings =
        segments.stream().map(s -> encode(settings.passagePrefix() + s.text())).toList();
    var embeddings = vectors(encodings).stream().map(Embedding::from).toList();
    int tokens = encodings.stream().mapToInt(encoding -> encoding.getIds().length).sum();
    return Response.from(embeddings, new TokenUsage(tokens));
  }

  /** Callers do not wait for each other: their texts share the cores, and nothing else. */
  private List<float[]> vectors(List<Encoding> encodings) {
    if (encodings.size() < 2) {
      return encodings.stream().map(this::vector).toList();
    }
    try (var workers = Executors.newFixedThreadPool(IN_FLIGHT)) {
      var pending =
          encodings.stream()
              .map(encoding -> CompletableFuture.supplyAsync(() -> vector(encoding), workers))
              .toList();
      return pending.stream().map(CompletableFuture::join).toList();
    }
  }

  @Override
  public String modelName() {
    return settings.name();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  private Encoding encode(String text) {
    return whileOpen(() -> tokenizer.encode(text, true, false));
  }

  private float[] vector(Encoding encoding) {
    return whileOpen(() -> run(encoding));
  }

  private <T> T whileOpen(Supplier<T> work) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the embedding model is closed");
      }
      return work.get();
    } finally {
      use.readLock().unlock();
    }
  }

  private float[] run(Encoding encoding) {
    try (var ids = tensor(encoding.getIds());
        var mask = tensor(encoding.getAttentionMask());
        var types = tensor(encoding.getTypeIds());
        var result = session.run(wanted(ids, mask, types))) {
      var states = (OnnxTensor) result.get(0);
      var shape = states.getInfo().getShape();
      if (shape.length != 3) {
        throw new IllegalStateException(
            "%s is no encoder: its first output has %d dimensions and not batch, token, feature"
                .formatted(settings.name(), shape.length));
      }
      var tokens = new float[Math.toIntExact(shape[1] * shape[2])];
      states.getFloatBuffer().get(tokens);
      var vector = new float[Math.toIntExact(shape[2])];
      settings.pooling().pool(tokens, vector);
      return normalise(vector);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not embed a text", e);
    }
  }

  /** Not every encoder knows of token types. */
  private Map<String, OnnxTensor> wanted(OnnxTensor ids, OnnxTensor mask, OnnxTensor types) {
    var inputs =
        new HashMap<>(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types));
    inputs.keySet().retainAll(session.getInputNames());
    return inputs;
  }

  private OnnxTensor tensor(long[] row) throws OrtException {
    return OnnxTensor.createTensor(environment, new long[][] {row});
  }

  private static float[] normalise(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += x * x;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
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
      throw new IllegalStateException("ONNX Runtime could not close " + settings.name(), e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
