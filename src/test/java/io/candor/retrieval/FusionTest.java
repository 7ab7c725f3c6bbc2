package io.candor.retrieval;

import static io.candor.retrieval.Corpus.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.serving.BgeEmbeddingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusionTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final BgeEmbeddingModel MODEL = new BgeEmbeddingModel();

  private SearchFixture search;
  private Retriever retriever;
  private Corpus corpus;

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    search = new SearchFixture(MODEL);
    retriever = search.retriever;
    corpus = search.corpus();
  }

  @AfterEach
  void rollBack() throws SQLException {
    search.close();
  }

  @Test
  void theScoreIsTheCosinePlusBm25WeightedByTheLead() throws SQLException {
    for (int i = 0; i < 8; i++) {
      corpus.add("d" + i, START, null, MODEL, "Delivery to zone " + i + " takes a day. ".repeat(i));
    }

    var hits = retriever.search("delivery to zone 7 in a day", 10, corpus.at(NOW));

    var bm25 = hits.stream().map(Hit::textScore).sorted(Collections.reverseOrder()).toList();
    double unit = SearchFixture.CONFIG.textWeight() * Math.exp(1 - bm25.get(4) / bm25.getFirst());
    for (var hit : hits) {
      assertEquals(hit.vectorScore() + unit * hit.textScore(), hit.score(), 1e-6, hit.text());
    }
  }

  @Test
  void manyWordsCountOnAverage() throws SQLException {
    corpus.add("d", START, null, MODEL, "The kettle may be returned within thirty days.");
    var words = IntStream.range(0, 39).mapToObj(i -> "w" + i).toList();

    var hit = retriever.search("kettle " + String.join(" ", words), 1, corpus.at(NOW)).getFirst();

    double unit = SearchFixture.CONFIG.textWeight() * Fusion.LONG_QUESTION / 40;
    assertEquals(hit.vectorScore() + unit * hit.textScore(), hit.score(), 1e-6);
  }

  /** The stemmer is English, but the same for passages and questions. */
  @ParameterizedTest
  @CsvSource({
    "Welche Frist gilt bei einer Rückgabe?, de",
    "Quel est le délai de livraison vers la Norvège?, fr",
    "Cuánto cuesta una devolución?, es",
    "配送 料金, ja"
  })
  void wordsOfOtherLanguagesAreFoundAsTheyStand(String question, String document)
      throws SQLException {
    var texts =
        List.of(
            "Für jede Rückgabe gilt eine Frist von dreißig Tagen.",
            "Le délai de livraison vers la Norvège est de cinq jours.",
            "La devolución cuesta cuatro euros.",
            "配送 料金 は 無料 です。");
    var vector = MODEL.embedQuery("any").vector();
    for (int i = 0; i < texts.size(); i++) {
      var key = List.of("de", "fr", "es", "ja").get(i);
      corpus.add(key, START, null, List.of(texts.get(i)), List.of(vector));
    }

    var hit = retriever.search(question, 1, corpus.at(NOW)).getFirst();

    assertEquals(document, hit.document());
    assertTrue(hit.textScore() > 0);
  }

  /** All vectors are the same, so that words alone decide. */
  @Test
  void wordsAloneFindWhatPlainBm25Finds() throws IOException, SQLException {
    var data = System.getenv("CANDOR_EVAL_DATA");
    assumeTrue(data != null, "CANDOR_EVAL_DATA is not set");
    var threads = threads(Path.of(data, "stackfaq/stackExchange-FAQ.json"));
    var texts = new ArrayList<List<String>>();
    var owners = new ArrayList<Integer>();
    var vector = MODEL.embedQuery("any").vector();
    for (int t = 0; t < threads.size(); t++) {
      for (var answer : threads.get(t).path("answer")) {
        var text = threads.get(t).path("question").asText() + "\n" + answer.asText();
        corpus.add(t + "-" + owners.size(), START, null, List.of(text), List.of(vector));
        texts.add(lexemes("T " + text));
        owners.add(t);
      }
    }
    var plain = new SentenceScores(texts);
    int questions = 0;
    int found = 0;
    int expected = 0;
    for (int t = 0; t < threads.size(); t++) {
      var question = threads.get(t).path("rephr").path(0).asText("*");
      if (question.equals("*")) {
        continue;
      }
      var asked = lexemes(question).stream().distinct().toList();
      var best =
          IntStream.range(0, texts.size())
              .boxed()
              .max((a, b) ->
                  Double.compare(plain.bm25(asked, texts.get(a)), plain.bm25(asked, texts.get(b))))
              .orElseThrow();
      var hit = retriever.search(question, 1, corpus.at(NOW)).getFirst();
      questions++;
      expected += owners.get(best) == t ? 1 : 0;
      found += hit.document().startsWith(t + "-") ? 1 : 0;
    }
    System.out.printf("stackfaq hit@1: BM25 here %d, plain %d of %d%n", found, expected, questions);
    assertTrue(found >= expected - 0.01 * questions, found + " < " + expected + " of " + questions);
  }

  private static List<JsonNode> threads(Path file) throws IOException {
    var threads = new ArrayList<JsonNode>();
    new ObjectMapper().readTree(file.toFile()).path("root").path("qapair").forEach(threads::add);
    return threads;
  }

  /** The words as PostgreSQL stems them, each as often as it occurs. */
  private List<String> lexemes(String text) throws SQLException {
    var lexemes = new ArrayList<String>();
    try (var statement =
        search.connection.prepareStatement(
            "select lexeme, cardinality(positions) from unnest(to_tsvector('english', ?))")) {
      statement.setString(1, text);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          lexemes.addAll(Collections.nCopies(rows.getInt(2), rows.getString(1)));
        }
      }
    }
    return lexemes;
  }
}
