package io.candor.knowledge;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import io.candor.serving.TextEmbeddingModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The vectors that one model makes of passages, in the same order as the passages' hashes.
 *
 * @param model its name
 */
record PassageVectors(String model, List<byte[]> hashes, List<float[]> vectors) {
  PassageVectors {
    if (hashes.size() != vectors.size()) {
      throw new IllegalArgumentException(
          "%s made %d vectors of %d passages".formatted(model, vectors.size(), hashes.size()));
    }
  }

  /** Embeds texts, each the words of the passage whose hash stands at the same place. */
  static PassageVectors of(TextEmbeddingModel model, List<byte[]> hashes, List<String> texts) {
    var segments = texts.stream().map(TextSegment::from).toList();
    var embeddings = segments.isEmpty() ? List.<Embedding>of() : model.embedAll(segments).content();
    return new PassageVectors(
        model.modelName(), hashes, embeddings.stream().map(Embedding::vector).toList());
  }

  /** Writes those that are not there yet; the passages have to be. */
  void write(Connection connection, UUID tenant) throws SQLException {
    if (hashes.isEmpty()) {
      return;
    }
    var sql =
        """
        insert into embedding (tenant_id, model, content_hash, vector)
        select ?, ?, e.hash, e.vector::vector
        from unnest(?::bytea[], ?::text[]) e (hash, vector)
        on conflict do nothing
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, model);
      statement.setArray(3, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
      var texts = vectors.stream().map(Arrays::toString).toArray();
      statement.setArray(4, connection.createArrayOf("text", texts));
      statement.executeUpdate();
    }
  }
}
