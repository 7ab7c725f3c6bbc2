package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.serving.BgeEmbeddingModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryVectorTest {
  private static final BgeEmbeddingModel MODEL = new BgeEmbeddingModel();

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void theLastQuestionOfAStoryCounts() {
    var story = "We stayed with friends last summer and bought a tent for it. It rained a lot.";
    var question = "Is there a warranty on the zips?";
    var passage = MODEL.embed("The warranty covers zips for two years.").content().vector();

    var vector = QueryVector.of(story + " " + question, MODEL);

    var muddled = MODEL.embedQuery(story + " " + question).vector();
    assertTrue(dot(vector, passage) > dot(muddled, passage) + 0.02);
    assertEquals(1, dot(vector, vector), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Is there a warranty on the zips?",
        "Is there a warranty on the zips? Mine broke.",
        "My zip broke. Why is that?",
        "My zip broke. I want a refund."
      })
  void anyOtherMessageIsItsOwnVector(String message) {
    assertArrayEquals(MODEL.embedQuery(message).vector(), QueryVector.of(message, MODEL));
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
