package io.candor.evaluation;

import io.candor.serving.BgeEmbeddingModel;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Search in a large collection: a generated corpus is written into the product's tables, indexed,
 * and searched with the product's statement, by a tenant that has nearly all of it, at an instant
 * when a quarter of it is not in force, and by a tenant that has a hundredth.
 */
public final class ScaleBenchmark {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant BEFORE = Instant.parse("2024-06-01T00:00:00Z");
  private static final int TIMED = 200;
  private static final int COMPARED = 30;

  private final Connection owner;
  private final int chunks;
  private final PrintStream out;

  private ScaleBenchmark(Connection owner, int chunks, PrintStream out) {
    this.owner = owner;
    this.chunks = chunks;
    this.out = out;
  }

  /** One kind of search. */
  public record Case(
      String name, Quantiles times, double vectorRecall, double wordsRecall, double fusedRecall) {}

  /**
   * @param embedded the first case's times with the embedding of each question
   * @param seconds that each step of the loading took
   * @param bytes of the largest tables and indexes
   */
  public record Result(
      List<Case> cases, Quantiles embedded, Map<String, Double> seconds, Map<String, Long> bytes) {}

  /**
   * Goes on where an earlier run on this database was stopped.
   *
   * @param owner the tables' owner, connected to a database with the product's schema; closed by
   *     the caller
   * @param chunks how many, a multiple of 2000
   */
  public static Result measure(Connection owner, int chunks, PrintStream out) throws Exception {
    return new ScaleBenchmark(owner, chunks, out).measure();
  }

  private Result measure() throws Exception {
    var corpus = new ScaleCorpus(chunks);
    var large = tenant("scale-large");
    var small = tenant("scale-small");
    var tables = new ScaleTables(owner, out);
    tables.step("prepare", tables::open);
    tables.step("generate", () -> new ScaleLoad(owner, corpus, large, small).load(out));
    tables.step("postings", () -> tables.post(large, small));
    for (var index : tables.indexes()) {
      tables.step(index, () -> tables.build(index));
    }
    tables.step("vacuum", tables::close);
    var bytes = tables.sizes();
    var seconds = tables.times();
    var questions = questions(corpus, false);
    var cases = new ArrayList<Case>();
    cases.add(search("all but 1 %", large, NOW, questions));
    Quantiles embedded;
    try (var embeddings = new BgeEmbeddingModel()) {
      embedded = new ScaleSearch(owner, large, NOW).timesWithEmbedding(questions, embeddings);
    }
    cases.add(search("as of, 3/4 in force", large, BEFORE, questions));
    cases.add(search("tenant of 1 %", small, NOW, questions(corpus, true)));
    owner.setAutoCommit(true);
    return new Result(cases, embedded, seconds, bytes);
  }

  private UUID tenant(String name) throws SQLException {
    try (var insert =
        owner.prepareStatement(
            """
            insert into tenant (name, session_secret) values (?, decode(repeat('00', 32), 'hex'))
            on conflict (name) do update set name = excluded.name
            returning id
            """)) {
      insert.setString(1, name);
      try (var row = insert.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    }
  }

  private List<ScaleCorpus.Question> questions(ScaleCorpus corpus, boolean small) {
    var random = new Random(7);
    var questions = new ArrayList<ScaleCorpus.Question>();
    while (questions.size() < TIMED) {
      int document = random.nextInt(corpus.documents());
      if (ScaleLoad.isSmall(document) == small) {
        questions.add(corpus.question(questions.size(), document));
      }
    }
    return questions;
  }

  private Case search(
      String name, UUID tenant, Instant instant, List<ScaleCorpus.Question> questions)
      throws SQLException {
    out.println("searching: " + name);
    var search = new ScaleSearch(owner, tenant, instant);
    var times = search.times(questions);
    var compared = questions.subList(0, COMPARED);
    var recall = search.recall(compared, new Progress(out, "exact searches", compared.size()));
    return new Case(name, times, recall.vector(), recall.words(), recall.fused());
  }
}
