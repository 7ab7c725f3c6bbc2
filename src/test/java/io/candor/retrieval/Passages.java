package io.candor.retrieval;

import io.candor.serving.BgeEmbeddingModel;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Passages in memory, searched as the search statement searches the tables. */
final class Passages {
  private static final double TEXT_WEIGHT = 0.008;
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
    return passages.stream()
        .map(passage -> passage.scored(vector, scores.bm25(asked, passage.words)))
        .sorted(Comparator.comparingDouble(passage -> -passage.hit.score()))
        .limit(HITS)
        .toList();
  }

  /** A passage of a group that answers the same questions. */
  record Passage(String group, List<String> words, float[] vector, Hit hit) {
    Passage(String title, String heading, String text, String group, BgeEmbeddingModel model) {
      this(
          group,
          Words.of(title + " " + heading + " " + text),
          model.embed(title + "\n" + heading + "\n" + text).content().vector(),
          hit(title, heading, text, 0, 0));
    }

    String title() {
      return hit.title();
    }

    private Passage scored(float[] asked, double bm25) {
      double cosine = 0;
      for (int i = 0; i < asked.length; i++) {
        cosine += asked[i] * vector[i];
      }
      return new Passage(
          group, words, vector, hit(hit.title(), hit.heading(), hit.text(), cosine, bm25));
    }

    private static Hit hit(String title, String heading, String text, double cosine, double bm25) {
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
          cosine + TEXT_WEIGHT * bm25,
          cosine,
          bm25,
          0);
    }
  }
}
