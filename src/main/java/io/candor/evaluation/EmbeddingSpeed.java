package io.candor.evaluation;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import io.candor.serving.BgeEmbeddingModel;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How fast chunks are embedded, beside LangChain4j's own wrapper of the same model: in turns, so
 * that whatever else the machine does slows both.
 */
public final class EmbeddingSpeed {
  private static final int LENGTH = 700;
  private static final int CHUNKS = 24;
  private static final int ROUNDS = 7;

  private EmbeddingSpeed() {}

  /**
   * Medians over the rounds.
   *
   * @param own chunks a second
   * @param wrapper chunks a second
   * @param ratio of the two, round by round
   * @param similarity the least cosine between the two's vectors of a chunk
   */
  public record Result(double own, double wrapper, double ratio, double similarity) {}

  /** Embeds the beginning of this text, which has to have 17,000 characters, in chunks of 700. */
  public static Result measure(String text, PrintStream out) {
    var chunks =
        IntStream.range(0, CHUNKS)
            .mapToObj(i -> TextSegment.from(text.substring(i * LENGTH, (i + 1) * LENGTH)))
            .toList();
    var wrapper = new BgeSmallEnV15QuantizedEmbeddingModel();
    var progress = new Progress(out, "embedding rounds", ROUNDS);
    var own = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    var ratios = new ArrayList<Double>();
    try (var model = new BgeEmbeddingModel()) {
      double similarity = similarity(model, wrapper, chunks); // and warms up
      for (int round = 0; round < ROUNDS; round++) {
        own.add(perSecond(model, chunks));
        theirs.add(perSecond(wrapper, chunks));
        ratios.add(own.getLast() / theirs.getLast());
        progress.step();
      }
      return new Result(
          Quantiles.median(own), Quantiles.median(theirs), Quantiles.median(ratios), similarity);
    }
  }

  private static double similarity(
      EmbeddingModel one, EmbeddingModel other, List<TextSegment> chunks) {
    var vectors = one.embedAll(chunks).content();
    var others = other.embedAll(chunks).content();
    return IntStream.range(0, chunks.size())
        .mapToDouble(i -> CosineSimilarity.between(vectors.get(i), others.get(i)))
        .min()
        .orElseThrow();
  }

  private static double perSecond(EmbeddingModel model, List<TextSegment> chunks) {
    long began = System.nanoTime();
    model.embedAll(chunks);
    return chunks.size() / ((System.nanoTime() - began) / 1e9);
  }
}
