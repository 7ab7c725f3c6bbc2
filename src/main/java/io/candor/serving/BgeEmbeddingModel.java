package io.candor.serving;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** bge-small-en-v1.5, quantised: the embedding model that comes with Candor. */
@Singleton
public final class BgeEmbeddingModel extends OnnxEmbeddingModel {
  public static final String NAME = "bge-small-en-v1.5-q";

  public static final int DIMENSION = 384;

  /** What a text may have in tokens, the two special ones included; the rest is not read. */
  public static final int MAX_TOKENS = 512;

  /** bge wants an instruction before queries, and only there. */
  static final String QUERY_PREFIX = "Represent this sentence for searching relevant passages: ";

  private static final int DEFAULT_THREADS = 2;

  @Inject
  BgeEmbeddingModel(ServingConfig config) {
    this(config.embedding().threads(), config.embedding().queryPrefix().orElse(""));
  }

  /** Loads the model for tools and tests, with {@value #DEFAULT_THREADS} threads. */
  public BgeEmbeddingModel() {
    this(DEFAULT_THREADS);
  }

  /**
   * Loads the model from the class path.
   *
   * @param threads that one embedding uses
   */
  public BgeEmbeddingModel(int threads) {
    this(threads, QUERY_PREFIX);
  }

  private BgeEmbeddingModel(int threads, String queryPrefix) {
    super(
        new Settings(NAME, Pooling.CLS, queryPrefix, "", MAX_TOKENS, threads),
        new EncoderFiles.Bundled(NAME));
  }

  @Override
  @PreDestroy
  public void close() {
    super.close();
  }
}
