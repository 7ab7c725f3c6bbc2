package io.candor.retrieval;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.ScoringModel;
import io.quarkus.logging.Log;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts the first hits in the order of a scoring model that reads question and passage together.
 * {@link Retriever} uses it where one is configured. If the model fails or is too slow, the order
 * stays as it was.
 *
 * @param top how many hits are read; the others stay behind them
 */
record Reranker(ScoringModel model, int top) {
  private static final String SETTINGS = "candor.retrieval.reranker.";

  /**
   * Empty where neither an endpoint nor a file is configured.
   *
   * @throws IllegalArgumentException names the setting that is wrong
   */
  static Optional<Reranker> configured(RerankerConfig config) {
    if (config.url().isPresent() && config.onnx().isPresent()) {
      throw new IllegalArgumentException(SETTINGS + "url and .onnx are both set: one reranks");
    }
    return config
        .url()
        .<ScoringModel>map(url -> new RemoteScoringModel(url, config))
        .or(() -> config.onnx().map(onnx -> local(onnx, config)))
        .map(model -> new Reranker(model, config.top()));
  }

  private static ScoringModel local(Path onnx, RerankerConfig config) {
    var tokenizer =
        config
            .tokenizer()
            .orElseThrow(() ->
                new IllegalArgumentException(SETTINGS + "onnx needs " + SETTINGS + "tokenizer"));
    return new OnnxScoringModel(onnx, tokenizer, config.maxTokens(), config.timeout());
  }

  /** Gives back what the model holds outside the heap. */
  void close() {
    if (model instanceof OnnxScoringModel local) {
      local.close();
    }
  }

  /**
   * The same hits; the i-th of the new order gets the i-th best of the old scores, so that scores
   * keep their scale.
   */
  List<Hit> rerank(String question, List<Hit> hits) {
    var read = hits.subList(0, Math.min(top, hits.size()));
    if (read.size() < 2) {
      return hits;
    }
    List<Double> scores;
    try {
      scores = model.scoreAll(read.stream().map(Reranker::segment).toList(), question).content();
    } catch (RuntimeException e) {
      Log.warn("the reranker did not answer: " + e.getMessage());
      return hits;
    }
    var order =
        IntStream.range(0, read.size())
            .boxed()
            .sorted(Comparator.comparing(scores::get, Collections.reverseOrder()))
            .toList();
    var reranked = new ArrayList<Hit>(hits);
    for (int i = 0; i < order.size(); i++) {
      reranked.set(i, read.get(order.get(i)).withScore(read.get(i).score()));
    }
    return reranked;
  }

  private static TextSegment segment(Hit hit) {
    return TextSegment.from(hit.title() + "\n" + hit.heading() + "\n" + hit.text());
  }
}
