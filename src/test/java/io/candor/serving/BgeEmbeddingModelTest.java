package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BgeEmbeddingModelTest {
  private static final BgeEmbeddingModel MODEL = new BgeEmbeddingModel();

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How long do I have to return a kettle?",
        "Refunds are paid within 14 days of the return reaching us, to the card you paid with.",
        "Öffnungszeiten 🙂 שלום",
        "x"
      })
  void vectorsEqualThoseOfTheReferenceImplementation(String text) {
    var reference = new BgeSmallEnV15QuantizedEmbeddingModel().embed(text).content();

    double similarity = CosineSimilarity.between(reference, MODEL.embed(text).content());

    assertEquals(1, similarity, 1e-3);
  }

  @Test
  void aVectorDoesNotDependOnItsBatchMates() {
    var text = TextSegment.from("Gift cards cannot be returned.");
    var mate = TextSegment.from("We ship to Norway. ".repeat(60));

    var alone = MODEL.embed(text).content().vector();
    var together = MODEL.embedAll(List.of(mate, text)).content().get(1).vector();

    assertArrayEquals(alone, together);
  }

  @Test
  void vectorsHaveTheDeclaredDimensionAndLengthOne() {
    var embedding = MODEL.embed("Is the lamp waterproof?").content();
    double squares = 0;
    for (float x : embedding.vector()) {
      squares += x * x;
    }

    assertEquals(BgeEmbeddingModel.DIMENSION, embedding.dimension());
    assertEquals(1, squares, 1e-5);
  }

  @Test
  void textBeyondTheLimitIsNotRead() {
    var long1 = "parcel ".repeat(600);

    var response = MODEL.embedAll(List.of(TextSegment.from(long1)));

    assertEquals(BgeEmbeddingModel.MAX_TOKENS, response.tokenUsage().inputTokenCount());
    assertArrayEquals(
        MODEL.embed(long1).content().vector(), MODEL.embed(long1 + "lamp").content().vector());
  }

  @Test
  void aQueryIsNearerToItsAnswerThanToAnotherPassage() {
    var query = MODEL.embedQuery("can I get my money back?");
    var answer = MODEL.embed("A full refund is given within 30 days of purchase.").content();
    var other = MODEL.embed("The lamp is made of oak and brass.").content();

    assertTrue(
        CosineSimilarity.between(query, answer) > CosineSimilarity.between(query, other) + .1);
  }

  @Test
  void aRememberedQueryCannotBeChangedByItsCaller() {
    var first = MODEL.embedQuery("opening hours").vector();
    first[0] = 7;

    assertTrue(MODEL.embedQuery("opening hours").vector()[0] < 1);
  }
}
