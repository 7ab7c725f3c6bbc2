package io.candor.retrieval;

import dev.langchain4j.data.segment.TextSegment;
import io.candor.serving.BgeEmbeddingModel;
import io.candor.serving.TextEmbeddingModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares a question with single sentences, whose vectors are remembered for a while. */
@ApplicationScoped
class SentenceVectors {
  private static final int REMEMBERED = 16_384;

  private final TextEmbeddingModel model;
  private final Map<String, float[]> vectors =
      new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
          return size() > REMEMBERED;
        }
      };

  @Inject
  SentenceVectors(BgeEmbeddingModel model) {
    this((TextEmbeddingModel) model);
  }

  SentenceVectors(TextEmbeddingModel model) {
    this.model = model;
  }

  /** Makes the vectors that are missing, several at a time. */
  void prepare(List<String> sentences) {
    List<String> missing;
    synchronized (vectors) {
      missing = sentences.stream().filter(sentence -> vectors.get(sentence) == null).toList();
    }
    var made = model.embedAll(missing.stream().map(TextSegment::from).toList()).content();
    synchronized (vectors) {
      for (int i = 0; i < made.size(); i++) {
        vectors.put(missing.get(i), made.get(i).vector());
      }
    }
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
