package io.candor.retrieval;

import io.candor.serving.BgeEmbeddingModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares a question with single sentences, whose vectors are remembered for a while. */
@ApplicationScoped
class SentenceVectors {
  private static final int REMEMBERED = 4096;

  private final BgeEmbeddingModel model;
  private final Map<String, float[]> vectors =
      new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
          return size() > REMEMBERED;
        }
      };

  SentenceVectors(BgeEmbeddingModel model) {
    this.model = model;
  }

  /** Cosine similarity, -1 to 1; both vectors have length 1. */
  double cosine(String question, String sentence) {
    var asked = model.embedQuery(question).vector();
    var said = vector(sentence);
    double sum = 0;
    for (int i = 0; i < said.length; i++) {
      sum += asked[i] * said[i];
    }
    return sum;
  }

  private float[] vector(String sentence) {
    synchronized (vectors) {
      var known = vectors.get(sentence);
      if (known != null) {
        return known;
      }
    }
    var vector = model.embed(sentence).content().vector();
    synchronized (vectors) {
      vectors.put(sentence, vector);
    }
    return vector;
  }
}
