package io.candor.retrieval;

import io.candor.serving.BgeEmbeddingModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the search statement would compare for each question of a set: the passages nearest by
 * vector and those best by BM25, with both scores. Vectors are the product's, words are
 * PostgreSQL's; vectors are kept in a folder, for they take minutes.
 */
final class FusionCandidates {
  private static final int PROPOSED = 100;
  private static final int MOST_WORDS = 64;
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  private final Connection connection;
  private final BgeEmbeddingModel model;
  private final Path cache;

  /** A question's candidates; words are those of the question, each once. */
  record Candidates(double[] cosine, double[] bm25, boolean[] relevant, int words) {}

  FusionCandidates(Connection connection, BgeEmbeddingModel model, Path cache) {
    this.connection = connection;
    this.model = model;
    this.cache = cache;
  }

  List<Candidates> of(FusionSet set) throws IOException, SQLException {
    var passages = set.passages();
    var vectors =
        cached(
            set.name() + " passages",
            passages.stream().map(FusionSet.Passage::inContext).toList(),
            text -> model.embed(text).content().vector());
    var texts = set.questions().stream().map(FusionSet.Question::text).toList();
    var asked = cached(set.name() + " questions", texts, text -> QueryVector.of(text, model));
    var words = lexemes(passages.stream().map(FusionSet.Passage::inContext).toList());
    var askedWords = lexemes(texts);
    Map<String, Bm25> tenants = new HashMap<>();
    var all = new ArrayList<Candidates>();
    for (int q = 0; q < texts.size(); q++) {
      var question = set.questions().get(q);
      var seen =
          tenants.computeIfAbsent(
              question.tenant(),
              tenant ->
                  new Bm25(
                      IntStream.range(0, passages.size())
                          .filter(i -> passages.get(i).tenant().equals(tenant))
                          .toArray(),
                      words));
      var distinct = askedWords.get(q).keySet().stream().limit(MOST_WORDS).toList();
      all.add(candidates(seen, asked[q], distinct, vectors, question.relevant()));
    }
    return all;
  }

  private static Candidates candidates(
      Bm25 seen, float[] question, List<String> words, float[][] vectors, BitSet relevant) {
    double[] bm25 = seen.scores(words);
    double[] cosine = new double[bm25.length];
    for (int i = 0; i < cosine.length; i++) {
      float[] vector = vectors[seen.passages[i]];
      for (int d = 0; d < vector.length; d++) {
        cosine[i] += question[d] * vector[d];
      }
    }
    var proposed = new BitSet();
    best(cosine).forEach(proposed::set);
    best(bm25).filter(i -> bm25[i] > 0).forEach(proposed::set);
    int[] kept = proposed.stream().toArray();
    boolean[] right = new boolean[kept.length];
    for (int i = 0; i < kept.length; i++) {
      right[i] = relevant.get(seen.passages[kept[i]]);
    }
    return new Candidates(
        IntStream.of(kept).mapToDouble(i -> cosine[i]).toArray(),
        IntStream.of(kept).mapToDouble(i -> bm25[i]).toArray(),
        right,
        words.size());
  }

  private static IntStream best(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .limit(PROPOSED)
        .mapToInt(i -> i);
  }

  /** BM25 over one tenant's passages. */
  private static final class Bm25 {
    final int[] passages;
    private final Map<String, List<int[]>> postings = new HashMap<>();
    private final int[] lengths;
    private final double meanLength;

    Bm25(int[] passages, List<Map<String, Integer>> words) {
      this.passages = passages;
      lengths = new int[passages.length];
      for (int i = 0; i < passages.length; i++) {
        for (var word : words.get(passages[i]).entrySet()) {
          postings
              .computeIfAbsent(word.getKey(), w -> new ArrayList<>())
              .add(new int[] {i, word.getValue()});
          lengths[i] += word.getValue();
        }
      }
      meanLength = IntStream.of(lengths).average().orElse(1);
    }

    double[] scores(List<String> words) {
      double[] scores = new double[passages.length];
      for (var word : words) {
        var found = postings.getOrDefault(word, List.of());
        double idf = Math.log(1 + (passages.length - found.size() + 0.5) / (found.size() + 0.5));
        for (int[] posting : found) {
          double length = K1 * (1 - B + B * lengths[posting[0]] / meanLength);
          scores[posting[0]] += idf * (K1 + 1) * posting[1] / (posting[1] + length);
        }
      }
      return scores;
    }
  }

  /** Of each text its words as PostgreSQL stems them, in their order, and how often. */
  private List<Map<String, Integer>> lexemes(List<String> texts) throws SQLException {
    var words = new ArrayList<Map<String, Integer>>();
    texts.forEach(text -> words.add(new LinkedHashMap<>()));
    var sql =
        """
        select n, lexeme, cardinality(positions)
        from unnest(?::text[]) with ordinality t (text, n)
        cross join lateral unnest(to_tsvector('english', text))
        order by n, positions[1]
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          words.get(rows.getInt(1) - 1).put(rows.getString(2), rows.getInt(3));
        }
      }
    }
    return words;
  }

  private interface Embedding {
    float[] of(String text);
  }

  /** Embedded anew where other texts than the kept ones are asked for. */
  private float[][] cached(String name, List<String> texts, Embedding embedding)
      throws IOException {
    var file =
        cache.resolve(name.replaceAll("\\W+", "-") + "-" + Integer.toHexString(texts.hashCode()));
    float[][] vectors = new float[texts.size()][BgeEmbeddingModel.DIMENSION];
    if (Files.exists(file)) {
      try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        for (var vector : vectors) {
          for (int d = 0; d < vector.length; d++) {
            vector[d] = in.readFloat();
          }
        }
      }
      return vectors;
    }
    System.out.printf("embedding %d %s%n", texts.size(), name);
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = embedding.of(texts.get(i));
    }
    var unfinished = Files.createTempFile(Files.createDirectories(cache), "vectors", "");
    try (var out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
      for (var vector : vectors) {
        for (float number : vector) {
          out.writeFloat(number);
        }
      }
    }
    Files.move(unfinished, file);
    return vectors;
  }
}
