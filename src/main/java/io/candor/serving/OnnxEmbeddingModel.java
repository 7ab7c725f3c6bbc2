package io.candor.serving;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** An embedding model in this process. Vectors have length 1. */
class OnnxEmbeddingModel implements TextEmbeddingModel {
  /** Runs at once for one caller: some steps of a run keep one core busy, and leave the others. */
  private static final int IN_FLIGHT = 2;

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
  private final OnnxEncoder encoder;
  private final int dimension;

  OnnxEmbeddingModel(Settings settings, EncoderFiles files) {
    this.settings = settings;
    var name = "the embedding model " + settings.name();
    encoder = new OnnxEncoder(name, files, settings.maxTokens(), settings.threads());
    dimension = vector(encoder.encode("")).length;
  }

  @Override
  public Embedding embedQuery(String query) {
    return queries.get(query, text -> vector(encoder.encode(settings.queryPrefix() + text)));
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    var encodings =
        segments.stream().map(s -> encoder.encode(settings.passagePrefix() + s.text())).toList();
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

  private float[] vector(Encoding encoding) {
    return encoder.run(encoding, this::pooled);
  }

  private float[] pooled(OnnxTensor states) {
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
    encoder.close();
  }
}
