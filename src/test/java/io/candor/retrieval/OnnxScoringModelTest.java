package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.segment.TextSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a cross-encoder whose score is how many pairs of equal words the two texts have. */
class OnnxScoringModelTest {
  private static final Path MODEL = file("words.onnx");
  private static final Path TOKENIZER = file("tokenizer.json");

  @TempDir private Path folder;

  private static Path file(String name) {
    try {
      return Path.of(OnnxScoringModelTest.class.getResource("/reranker/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Double> scores(int maxTokens, String query, String... passages) {
    try (var model = new OnnxScoringModel(MODEL, TOKENIZER, maxTokens, Duration.ofSeconds(9))) {
      var segments = List.of(passages).stream().map(TextSegment::from).toList();
      return model.scoreAll(segments, query).content();
    }
  }

  private static Optional<Reranker> configured(Map<String, Path> files) {
    var settings = new HashMap<String, String>();
    files.forEach((key, file) -> settings.put(key, file.toString()));
    return RerankerTest.configured(settings);
  }

  private static String refusal(Map<String, Path> files) {
    return assertThrows(IllegalArgumentException.class, () -> configured(files)).getMessage();
  }

  @Test
  void questionAndPassageAreReadTogether() {
    assertEquals(
        List.of(0.0, 2.0, 3.0),
        scores(
            64, "How long is the return window?", "boots", "the rug is", "days long? The RETURN"));
  }

  @Test
  void whatIsTooLongIsNotRead() {
    assertEquals(List.of(2.0), scores(7, "tent stove", "tent stove tent tent tent tent tent"));
  }

  @Test
  void theOrderIsTheModels() {
    var reranker = configured(Map.of("onnx", MODEL, "tokenizer", TOKENIZER)).orElseThrow();
    var hits =
        List.of(
            RerankerTest.hit("boots", 0.9),
            RerankerTest.hit("the return window", 0.8),
            RerankerTest.hit("the rug", 0.7));

    var reranked = reranker.rerank("the return window for a rug", hits);
    reranker.close();

    assertEquals(
        List.of("the return window", "the rug", "boots"),
        reranked.stream().map(Hit::document).toList());
    assertEquals(hits, reranker.rerank("after it is closed, the order stands", hits));
  }

  @Test
  void afterTheTimeLimitTheOrderStands() {
    try (var model = new OnnxScoringModel(MODEL, TOKENIZER, 64, Duration.ZERO)) {
      var hits = List.of(RerankerTest.hit("boots", 0.9), RerankerTest.hit("tent", 0.8));
      assertEquals(hits, new Reranker(model, 20).rerank("tent", hits));
    }
  }

  @Test
  void filesThatAreNoCrossEncoderAreRefused() throws IOException {
    var text = Files.writeString(folder.resolve("text.onnx"), "not a model");
    var encoder = folder.resolve("encoder.onnx");
    try (var bge = OnnxScoringModelTest.class.getResourceAsStream("/bge-small-en-v1.5-q.onnx")) {
      Files.copy(bge, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    assertTrue(
        refusal(Map.of("onnx", text, "tokenizer", TOKENIZER)).contains("cannot load the reranker"));
    assertTrue(refusal(Map.of("onnx", MODEL, "tokenizer", text)).contains("cannot be read"));
    assertTrue(
        refusal(Map.of("onnx", MODEL, "tokenizer", folder.resolve("none"))).contains("none"));
    assertTrue(
        refusal(Map.of("onnx", encoder, "tokenizer", TOKENIZER)).contains("is no cross-encoder"));
  }

  @Test
  void halfASettingIsRefused() {
    assertTrue(refusal(Map.of("onnx", MODEL)).contains("candor.retrieval.reranker.tokenizer"));
    assertTrue(
        refusal(Map.of("onnx", MODEL, "url", Path.of("http://localhost/rerank"))).contains("both"));
    assertTrue(configured(Map.of()).isEmpty());
  }
}
