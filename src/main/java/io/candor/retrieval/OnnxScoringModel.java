package io.candor.retrieval;

import ai.onnxruntime.OnnxTensor;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import io.candor.serving.OnnxEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cross-encoder in this process: question and passage are one input, and its one output is the
 * score, which does not depend on the passages scored with it.
 */
final class OnnxScoringModel implements ScoringModel, AutoCloseable {
  private final Duration limit;
  private final OnnxEncoder encoder;

  /**
   * Loads the model and scores one pair, so that files that are no cross-encoder are noticed here.
   *
   * @param limit after which a question's passages are given up
   * @throws IllegalArgumentException says which file cannot be used, and why
   */
  OnnxScoringModel(Path model, Path vocabulary, int maxTokens, Duration limit) {
    this.limit = limit;
    encoder = new OnnxEncoder("the reranker " + model, model, vocabulary, maxTokens);
    try {
      relevance("question", "passage");
    } catch (RuntimeException e) {
      close();
      throw new IllegalArgumentException(
          "%s with %s is no cross-encoder: %s".formatted(model, vocabulary, e.getMessage()), e);
    }
  }

  /** One score per segment, in their order; throws if they take too long. */
  @Override
  public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
    long end = System.nanoTime() + limit.toNanos();
    var scores = new ArrayList<Double>(segments.size());
    for (var segment : segments) {
      scores.add(relevance(query, segment.text()));
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%d of %d passages scored in %s".formatted(scores.size(), segments.size(), limit));
      }
    }
    return Response.from(scores);
  }

  private double relevance(String question, String passage) {
    return encoder.run(encoder.encode(question, passage), OnnxScoringModel::number);
  }

  private static double number(OnnxTensor output) {
    var numbers = output.getFloatBuffer();
    if (numbers == null || numbers.remaining() != 1) {
      throw new IllegalStateException("its first output is not one number for a pair of texts");
    }
    return numbers.get();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
