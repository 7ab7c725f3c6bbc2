package io.candor.retrieval;

import io.candor.serving.BgeEmbeddingModel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Passages in memory, searched as the search statement searches the tables. */
final class Passages {
  private static final double TEXT_WEIGHT = 0.0059;
  private static final int LEAD = 5;
  private static final int HITS = 30;

  private final List<Passage> passages;
  private final SentenceScores scores;

  Passages(List<Passage> passages) {
    this.passages = passages;
    this.scores = new SentenceScores(passages.stream().map(Passage::words).toList());
  }

  /** Best first. */
  List<Passage> best(String question, float[] vector) {
    var asked = Words.of(question);
    double[] bm25 = passages.stream().mapToDouble(p -> scores.bm25(asked, p.words)).toArray();
    double unit = unit(asked.size(), bm25);
    return IntStream.range(0, bm25.length)
        .mapToObj(i -> passages.get(i).scored(vector, bm25[i], unit))
        .sorted(Comparator.comparingDouble(passage -> -passage.hit.score()))
        .limit(HITS)
        .toList();
  }

  /** What {@link Fusion} makes a unit of BM25 worth. */
  private static double unit(int words, double[] bm25) {
    double[] ranked = Arrays.stream(bm25).sorted().toArray();
    double best = ranked.length == 0 ? 0 : ranked[ranked.length - 1];
    double behind = best == 0 ? 0 : 1 - ranked[Math.max(0, ranked.length - LEAD)] / best;
    return TEXT_WEIGHT * Math.min(1, Fusion.LONG_QUESTION / Math.max(1, words)) * Math.exp(behind);
  }

  /** A passage of a group that answers the same questions. */
  record Passage(String group, List<String> words, float[] vector, Hit hit) {
    Passage(String title, String heading, String text, String group, BgeEmbeddingModel model) {
      this(
          group,
          Words.of(title + " " + heading + " " + text),
          model.embed(title + "\n" + heading + "\n" + text).content().vector(),
          hit(title, heading, text, 0, 0, 0));
    }

    String title() {
      return hit.title();
    }

    String text() {
      return hit.text();
    }

    private Passage scored(float[] asked, double bm25, double unit) {
      double cosine = 0;
      for (int i = 0; i < asked.length; i++) {
        cosine += asked[i] * vector[i];
      }
      return new Passage(
          group,
          words,
          vector,
          hit(hit.title(), hit.heading(), hit.text(), cosine, bm25, cosine + unit * bm25));
    }

    private static Hit hit(
        String title, String heading, String text, double cosine, double bm25, double score) {
      return new Hit(
          title,
          title,
          1,
          UUID.nameUUIDFromBytes((title + text).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
          0,
          heading,
          text,
          text,
          0,
          text.length(),
          "faq",
          Optional.empty(),
          Instant.EPOCH,
          Optional.empty(),
          score,
          cosine,
          bm25,
          0);
    }
  }
}
