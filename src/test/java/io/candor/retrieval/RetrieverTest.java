package io.candor.retrieval;

import static io.candor.retrieval.Corpus.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.serving.BgeEmbeddingModel;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrieverTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final BgeEmbeddingModel MODEL = new BgeEmbeddingModel();
  private static final List<String> TEXTS =
      List.of(
          "You may return a kettle within 30 days of delivery for a full refund.",
          "Refunds reach your card within five working days.",
          "Gift cards cannot be returned. However, damaged gift cards are replaced.",
          "Standard delivery takes three to five days; express delivery takes one day.",
          "The warranty covers faults for two years. It does not cover limescale.",
          "We deliver to Norway and Iceland for an extra fee.");

  private SearchFixture search;
  private Retriever retriever;

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    search = new SearchFixture(MODEL);
    retriever = search.retriever;
  }

  @AfterEach
  void rollBack() throws SQLException {
    search.close();
  }

  private static List<String> documents(List<Hit> hits) {
    return hits.stream().map(Hit::document).toList();
  }

  @Test
  void onlyWhatIsInForceAtTheInstantIsFound() throws SQLException {
    var corpus = search.corpus();
    var change = Instant.parse("2026-03-01T00:00:00Z");
    var announced = Instant.parse("2027-01-01T00:00:00Z");
    corpus.add("old", START, change, MODEL, "Returns are free for 30 days.");
    corpus.add("new", change, announced, MODEL, "Returns are free for 14 days.");
    corpus.add("future", announced, null, MODEL, "Returns are free for 60 days.");

    var question = "How long are returns free?";

    assertEquals(List.of("new"), documents(retriever.search(question, 10, corpus.at(NOW))));
    assertEquals(List.of("new"), documents(retriever.search(question, 10, corpus.at(change))));
    assertEquals(
        List.of("old"),
        documents(retriever.search(question, 10, corpus.at(change.minusMillis(1)))));
    assertEquals(
        List.of("future"), documents(retriever.search(question, 10, corpus.at(announced))));
    assertEquals(
        List.of(), documents(retriever.search(question, 10, corpus.at(START.minusSeconds(1)))));
  }

  @Test
  void anotherTenantsDocumentsAreNeverFound() throws SQLException {
    var words = String.join(" ", TEXTS).toLowerCase().replaceAll("[^a-z0-9 ]", "").split(" ");
    var tenants = new Corpus[2];
    for (int t = 0; t < 2; t++) {
      tenants[t] = search.corpus();
      for (int i = 0; i < TEXTS.size(); i++) {
        tenants[t].add(t + "-" + i, START, null, MODEL, TEXTS.get(i));
      }
    }
    var random = new Random(7);
    for (int n = 0; n < 1000; n++) {
      int t = random.nextInt(2);
      var corpus = new Corpus(search.connection, tenants[t].tenant);
      var query =
          IntStream.range(0, 1 + random.nextInt(3))
              .mapToObj(_ -> words[random.nextInt(words.length)])
              .collect(Collectors.joining(" "));

      var found = documents(retriever.search(query, 20, corpus.at(NOW)));

      assertEquals(TEXTS.size(), found.size(), query);
      assertTrue(found.stream().allMatch(key -> key.startsWith(t + "-")), query);
    }
  }

  @Test
  void theTextScoreIsBm25OverTheDocumentsInForce() throws SQLException {
    var corpus = search.corpus();
    for (int i = 0; i < TEXTS.size(); i++) {
      corpus.add("d" + i, START, null, MODEL, TEXTS.get(i));
    }
    corpus.add("gone", START, NOW.minusSeconds(1), MODEL, "Delivery, delivery and delivery again.");
    var query = "how many days until delivery of a gift to Norway";
    var documents = new ArrayList<List<String>>();
    for (var text : TEXTS) {
      documents.add(lexemes("T " + text));
    }
    var reference = new SentenceScores(documents);

    for (var hit : retriever.search(query, 10, corpus.at(NOW))) {
      int i = Integer.parseInt(hit.document().substring(1));
      assertEquals(
          reference.bm25(lexemes(query), documents.get(i)), hit.textScore(), 1e-9, hit.text());
    }
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "what is it to be",
        "🙂",
        "כמה זמן יש לי להחזיר קומקום?",
        "'); drop table passage; --",
        "a\0b",
        "\uD83D half a pair",
        "&|!():*<->"
      })
  void anyTextIsAQuestion(String query) throws SQLException {
    var corpus = search.corpus();
    corpus.add("kettle", START, null, MODEL, TEXTS.getFirst());

    assertEquals(List.of("kettle"), documents(retriever.search(query, 3, corpus.at(NOW))));
    assertEquals(
        List.of("kettle"), documents(retriever.search(query.repeat(900), 3, corpus.at(NOW))));
  }

  @Test
  void aPassageOfManyDocumentsIsFoundOncePerDocument() throws SQLException {
    var corpus = search.corpus();
    corpus.add("a", START, null, MODEL, TEXTS.get(0), TEXTS.get(1), TEXTS.get(0));
    corpus.add("b", START, null, MODEL, TEXTS.get(0));

    var hits = retriever.search("Can I return a kettle?", 10, corpus.at(NOW));

    assertEquals(List.of("a", "b", "a"), documents(hits));
    assertEquals(List.of(0, 0, 1), hits.stream().map(Hit::chunk).toList());
  }

  /** More in force than are compared one by one, among as many that are not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 20_000})
  void searchByIndexAndByScanFindsNearlyWhatExactSearchFinds(int scanned) throws SQLException {
    var effort = new Effort(2_000, scanned, 100, 60, 5_000);
    var hybrid = HybridSearch.of(SearchFixture.CONFIG, effort);
    var corpus = search.corpus();
    var random = new Random(3);
    var vectors = new HashMap<String, float[]>();
    int number = 3 * effort.few();
    for (int d = 0; d < number / 20; d++) {
      var texts = new ArrayList<String>();
      var near = new ArrayList<float[]>();
      for (int c = 0; c < 20; c++) {
        texts.add("passage " + (20 * d + c));
        near.add(mixed(random));
      }
      var isInForce = d % 2 == 0;
      corpus.add("d" + d, START, isInForce ? null : NOW.minusSeconds(1), texts, near);
      for (int c = 0; isInForce && c < 20; c++) {
        vectors.put(texts.get(c), near.get(c));
      }
    }
    int found = 0;
    for (var question : List.of("it", "what", "to be", "how", "when", "where", "why", "who")) {
      var query = MODEL.embedQuery(question).vector();
      var exact =
          vectors.keySet().stream()
              .sorted(
                  (a, b) -> Double.compare(dot(query, vectors.get(b)), dot(query, vectors.get(a))))
              .limit(10)
              .toList();
      var hits =
          hybrid.run(search.connection, question, query, 10, NOW).stream().map(Hit::text).toList();
      assertTrue(vectors.keySet().containsAll(hits), "all are in force");
      found += (int) exact.stream().filter(hits::contains).count();
    }
    assertTrue(found >= 0.95 * 80, found + " of 80");
    assertFalse(vectors.isEmpty());
  }

  /** Unit vectors around those of real sentences, so that the index has something to find. */
  private static float[] mixed(Random random) {
    var one = MODEL.embedQuery(TEXTS.get(random.nextInt(TEXTS.size()))).vector();
    var other = MODEL.embedQuery(TEXTS.get(random.nextInt(TEXTS.size()))).vector();
    var vector = new float[one.length];
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (one[i] + random.nextDouble() * other[i] + 0.05 * random.nextGaussian());
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
