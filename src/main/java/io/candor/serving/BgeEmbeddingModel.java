package io.candor.serving;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * bge-small-en-v1.5, quantised, on ONNX Runtime: embeds chunks for {@code knowledge} and queries
 * for {@code retrieval}. Thread-safe.
 *
 * <p>Texts run one at a time: in a batch the quantised model is slower, and a vector would depend
 * on its batch mates.
 */
@Singleton
public final class BgeEmbeddingModel implements EmbeddingModel, AutoCloseable {
  /** The name stored with every vector; a vector of another name is not comparable. */
  public static final String NAME = "bge-small-en-v1.5-q";

  public static final int DIMENSION = 384;

  /** What a text may have in tokens, the two special ones included; the rest is not read. */
  public static final int MAX_TOKENS = 512;

  private static final String QUERY_PREFIX =
      "Represent this sentence for searching relevant passages: ";

  /** Where the vocabulary's words begin, after what is reserved and single characters. */
  private static final int FIRST_WORD = 1996;

  private static final int WORDS_END = 30522;
  private static final int REMEMBERED_QUERIES = 256;
  private static final int DEFAULT_THREADS = 2;

  static {
    // The tokenizer library otherwise reports its use to its makers once a day.
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private final Map<String, float[]> queries =
      new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
          return size() > REMEMBERED_QUERIES;
        }
      };

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;

  /** Closing waits for texts being embedded: their memory is the native session's. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  @Inject
  BgeEmbeddingModel(ServingConfig config) {
    this(config.embeddingThreads());
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
    if (threads < 1) {
      throw new IllegalArgumentException("embedding threads must be at least 1, not " + threads);
    }
    try (var options = new OrtSession.SessionOptions();
        var vocabulary = resource(NAME + "-tokenizer.json");
        var model = resource(NAME + ".onnx")) {
      options.setIntraOpNumThreads(threads);
      // The arena never gives memory back, and grows with the longest text seen.
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      // Waiting threads sleep: the language model needs the cores.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              vocabulary,
              Map.of("padding", "false", "truncation", "true", "maxLength", "" + MAX_TOKENS));
      session = environment.createSession(model.readAllBytes(), options);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the embedding model " + NAME, e);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot load " + NAME, e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    var stream = BgeEmbeddingModel.class.getResourceAsStream("/" + name);
    if (stream == null) {
      throw new IOException(name + " is not on the class path");
    }
    return stream;
  }

  /** The unit vector of a query: bge wants an instruction before queries, and only there. */
  public Embedding embedQuery(String query) {
    float[] vector;
    synchronized (queries) {
      vector = queries.get(query);
    }
    if (vector == null) {
      vector = vector(encode(QUERY_PREFIX + query));
      synchronized (queries) {
        queries.put(query, vector);
      }
    }
    return Embedding.from(vector.clone());
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    var embeddings = new ArrayList<Embedding>(segments.size());
    int tokens = 0;
    for (var segment : segments) {
      var encoding = encode(segment.text());
      embeddings.add(Embedding.from(vector(encoding)));
      tokens += encoding.getIds().length;
    }
    return Response.from(embeddings, new TokenUsage(tokens));
  }

  /**
   * How rare a word is in English, 0 to 1: by its place in the model's vocabulary, which is ordered
   * by frequency. A word that the vocabulary has only in pieces is as rare as can be.
   */
  public double rarity(String word) {
    var ids = whileOpen(() -> tokenizer.encode(word, false, false)).getIds();
    return ids.length == 1
        ? Math.log(Math.max(1, ids[0] - FIRST_WORD)) / Math.log(WORDS_END - FIRST_WORD)
        : 1;
  }

  /** Same as {@link #modelName()}. */
  public String name() {
    return NAME;
  }

  @Override
  public String modelName() {
    return NAME;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  private Encoding encode(String text) {
    return whileOpen(() -> tokenizer.encode(text, true, false));
  }

  /** The first token's last hidden state (CLS pooling), scaled to length 1. */
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
        var result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      var vector = new float[DIMENSION];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(vector);
      return normalise(vector);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not embed a text", e);
    }
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
  @PreDestroy
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close " + NAME, e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
