package io.candor.serving;

import dev.langchain4j.data.embedding.Embedding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The vectors of the questions that one model was asked for last. */
final class QueryCache {
  private static final int CAPACITY = 256;

  private final Map<String, float[]> vectors =
      new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
          return size() > CAPACITY;
        }
      };

  /** A copy of the vector of a query, computed if it is not remembered. */
  Embedding get(String query, Function<String, float[]> embed) {
    float[] vector;
    synchronized (vectors) {
      vector = vectors.get(query);
    }
    if (vector == null) {
      vector = embed.apply(query);
      synchronized (vectors) {
        vectors.put(query, vector);
      }
    }
    return Embedding.from(vector.clone());
  }
}
