package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Embedding models as configured: a file, an endpoint, and the bundled one. */
class EmbeddingModelsTest {
  private static final BgeEmbeddingModel BUNDLED = new BgeEmbeddingModel();
  private static final String TEXT = "Gift cards cannot be returned.";

  @AfterAll
  static void close() {
    BUNDLED.close();
  }

  private static EmbeddingModels models(String... settings) {
    var all = new HashMap<String, String>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put("candor.serving.embedding." + settings[i], settings[i + 1]);
    }
    return new EmbeddingModels(ServingConfigTest.config(all), BUNDLED);
  }

  private static Map<String, String> files(Path folder) throws IOException {
    var onnx = folder.resolve("model.onnx");
    var tokenizer = folder.resolve("tokenizer.json");
    for (var file : Map.of(".onnx", onnx, "-tokenizer.json", tokenizer).entrySet()) {
      try (var in =
          EmbeddingModels.class.getResourceAsStream("/" + BgeEmbeddingModel.NAME + file.getKey())) {
        Files.copy(in, file.getValue());
      }
    }
    return Map.of("onnx", onnx.toString(), "tokenizer", tokenizer.toString());
  }

  @Test
  void theBundledModelIsThereWithoutConfiguration() {
    var models = models();

    assertEquals(BgeEmbeddingModel.NAME, models.use());
    assertEquals(384, models.get(BgeEmbeddingModel.NAME).dimension());
  }

  @Test
  void anOperatorsOnnxFileIsPooledAndPrefixedAsConfigured(@TempDir Path folder) throws IOException {
    var files = files(folder);
    var models =
        models(
            "models.mine.onnx", files.get("onnx"),
            "models.mine.tokenizer", files.get("tokenizer"),
            "models.mine.passage-prefix", "passage: ",
            "models.mean.onnx", files.get("onnx"),
            "models.mean.tokenizer", files.get("tokenizer"),
            "models.mean.pooling", "mean");
    try (var mine = models.get("mine");
        var mean = models.get("mean")) {
      assertEquals(384, mine.dimension());
      assertArrayEquals(
          BUNDLED.embed("passage: " + TEXT).content().vector(),
          mine.embed(TEXT).content().vector());
      assertArrayEquals(BUNDLED.embed(TEXT).content().vector(), mine.embedQuery(TEXT).vector());
      double similarity =
          CosineSimilarity.between(mean.embed(TEXT).content(), BUNDLED.embed(TEXT).content());
      assertTrue(similarity > .5 && similarity < .999, "pooled otherwise: " + similarity);
    }
  }

  @Test
  void anEndpointsVectorsAreThoseOfItsModel() {
    try (var endpoint = new EmbeddingEndpoint(text -> BUNDLED.embed(text).content().vector())) {
      var model =
          models(
                  "models.remote.url", endpoint.url(),
                  "models.remote.model", "bge-small",
                  "models.remote.query-prefix", "query: ",
                  "models.remote.api-key", "secret")
              .get("remote");

      assertEquals(384, model.dimension());
      assertArrayEquals(
          BUNDLED.embed(TEXT).content().vector(), model.embed(TEXT).content().vector());
      assertArrayEquals(
          BUNDLED.embed("query: " + TEXT).content().vector(), model.embedQuery(TEXT).vector());
      assertEquals("bge-small", endpoint.lastRequest().get("model").asText());
      assertEquals("Bearer secret", endpoint.authorization());
    }
  }

  @Test
  void manyTextsAreSentInBatchesAndStayInOrder() {
    try (var endpoint = new EmbeddingEndpoint(EmbeddingEndpoint::hashedWords)) {
      var model = models("models.remote.url", endpoint.url()).get("remote");
      var texts = IntStream.range(0, 70).mapToObj(i -> TextSegment.from("text " + i)).toList();

      var embeddings = model.embedAll(texts).content();

      assertEquals(6, endpoint.lastRequest().get("input").size());
      for (int i = 0; i < 70; i++) {
        assertArrayEquals(EmbeddingEndpoint.hashedWords("text " + i), embeddings.get(i).vector());
      }
    }
  }

  @Test
  void anEndpointThatFailsForAMomentIsAskedAgain() {
    try (var endpoint = new EmbeddingEndpoint(EmbeddingEndpoint::hashedWords)) {
      var model = models("models.remote.url", endpoint.url()).get("remote");
      endpoint.fail(1);

      assertEquals(64, model.dimension());
    }
  }

  @Test
  void anEndpointThatIsAwayIsNamedInTheError() {
    var model =
        models("models.remote.url", "http://localhost:1/v1", "models.remote.timeout", "1s")
            .get("remote");

    var error = assertThrows(IllegalStateException.class, () -> model.embed(TEXT));

    assertTrue(
        error.getMessage().startsWith("the embedding model remote at http://localhost:1/v1 failed"),
        error.getMessage());
  }

  @Test
  void vectorsOfAnotherLengthThanTheFirstAreRefused() {
    try (var endpoint =
        new EmbeddingEndpoint(
            text -> Arrays.copyOf(EmbeddingEndpoint.hashedWords(text), text.length()))) {
      var model = models("models.remote.url", endpoint.url()).get("remote");
      model.embed("1234");

      var error = assertThrows(IllegalStateException.class, () -> model.embed("12345"));

      assertTrue(error.getMessage().endsWith("sent a vector of 5 numbers, and not of 4"));
    }
  }

  @Test
  void aVectorOfZerosIsRefused() {
    try (var endpoint = new EmbeddingEndpoint(text -> new float[64])) {
      var model = models("models.remote.url", endpoint.url()).get("remote");

      var error = assertThrows(IllegalStateException.class, () -> model.embed(TEXT));

      assertTrue(error.getMessage().endsWith("sent a vector that points nowhere"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          use               | other | candor.serving.embedding.use names other
          models.a.pooling  | mean  | candor.serving.embedding.models.a needs either url or onnx
          models.A.url      | x     | candor.serving.embedding.models.A: a name is of a-z
          """)
  void aSettingThatCannotBeIsRefusedByItsName(String key, String value, String message) {
    var error = assertThrows(IllegalArgumentException.class, () -> models(key, value));

    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }

  @Test
  void aModelThatIsNoLongerConfiguredIsAskedForByItsName() {
    var error = assertThrows(IllegalStateException.class, () -> models().get("gone"));

    assertFalse(models().find("gone").isPresent());
    assertTrue(error.getMessage().contains("configure candor.serving.embedding.models.gone again"));
  }

  @Test
  void aFileThatIsNotThereIsNamedBySetting() {
    var models = models("models.mine.onnx", "/nowhere.onnx");

    var error = assertThrows(IllegalArgumentException.class, () -> models.get("mine"));

    assertTrue(error.getMessage().startsWith("candor.serving.embedding.models.mine.onnx"));
  }
}
