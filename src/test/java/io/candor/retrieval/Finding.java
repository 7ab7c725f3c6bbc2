package io.candor.retrieval;

import io.candor.TestConfig;
import io.candor.serving.EmbeddingModels;
import io.candor.serving.TextEmbeddingModel;
import java.sql.Connection;
import java.util.List;

/** The parts that find evidence, on an open connection that is confined to a tenant. */
public record Finding(
    Spelling spelling,
    Retriever retriever,
    EvidenceSelector selector,
    Answerability answerability) {
  /** With the default settings but for those given as key, value, … */
  public static Finding of(Connection connection, TextEmbeddingModel model, String... settings) {
    var config = TestConfig.of(RetrievalConfig.class, settings);
    var database = OneConnection.of(connection);
    var vectors = new SentenceVectors(model);
    return new Finding(
        new Spelling(database, config),
        new Retriever(database, new EmbeddingModels(model), config),
        new EvidenceSelector(vectors, config),
        new Answerability(vectors));
  }

  /** What answerability is judged by, in the order of its weights. */
  public String features(String question, List<Hit> hits, List<Evidence> evidence) {
    if (evidence.isEmpty()) {
      return "0 0 0 0";
    }
    var f = answerability.features(question, hits, evidence);
    return "%s %s %s %s".formatted(f.sentence(), f.passage(), f.kind(), f.subject());
  }
}
