package io.candor.retrieval;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A cross-encoder on ONNX Runtime, in this process: question and passage are one input, and its one
 * output is the score. Each pair is a run of its own, so that a score does not depend on the
 * passages scored with it.
 */
final class OnnxScoringModel implements ScoringModel, AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Duration limit;
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;

  /** Closing waits for pairs being scored: their memory is the native session's. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * Loads the model and scores one pair, so that files that are no cross-encoder are noticed here.
   *
   * @param limit after which a question's passages are given up
   * @throws IllegalArgumentException says which file cannot be used, and why
   */
  OnnxScoringModel(Path model, Path vocabulary, int maxTokens, Duration limit) {
    this.limit = limit;
    tokenizer = tokenizer(vocabulary, maxTokens);
    try (var options = new OrtSession.SessionOptions()) {
      // The arena never gives memory back, and grows with the longest text seen.
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      // Waiting threads sleep: the language model needs the cores.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = environment.createSession(model.toString(), options);
    } catch (OrtException e) {
      tokenizer.close();
      throw new IllegalArgumentException(
          "ONNX Runtime cannot load the reranker %s: %s".formatted(model, e.getMessage()), e);
    }
    try {
      score(tokenizer.encode("question", "passage", true, false));
    } catch (OrtException | RuntimeException e) {
      close();
      throw new IllegalArgumentException(
          "%s with %s is no cross-encoder: %s".formatted(model, vocabulary, e.getMessage()), e);
    }
  }

  private static HuggingFaceTokenizer tokenizer(Path vocabulary, int maxTokens) {
    try (var in = Files.newInputStream(vocabulary)) {
      return HuggingFaceTokenizer.newInstance(
          in, Map.of("padding", "false", "truncation", "true", "maxLength", "" + maxTokens));
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the reranker's tokenizer %s cannot be read: %s".formatted(vocabulary, e.getMessage()),
          e);
    }
  }

  /** One score per segment, in their order; throws if they take too long. */
  @Override
  public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
    long end = System.nanoTime() + limit.toNanos();
    var scores = new ArrayList<Double>(segments.size());
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the reranker is closed");
      }
      for (var segment : segments) {
        scores.add(score(tokenizer.encode(query, segment.text(), true, false)));
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "%d of %d passages scored in %s".formatted(scores.size(), segments.size(), limit));
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not score a passage", e);
    } finally {
      use.readLock().unlock();
    }
    return Response.from(scores);
  }

  private double score(Encoding pair) throws OrtException {
    try (var ids = tensor(pair.getIds());
        var mask = tensor(pair.getAttentionMask());
        var types = tensor(pair.getTypeIds());
        var result = session.run(wanted(ids, mask, types))) {
      var numbers = result.get(0) instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
      if (numbers == null || numbers.remaining() != 1) {
        throw new IllegalStateException("its first output is not one number for a pair of texts");
      }
      return numbers.get();
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
      throw new IllegalStateException("ONNX Runtime could not close the reranker", e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
