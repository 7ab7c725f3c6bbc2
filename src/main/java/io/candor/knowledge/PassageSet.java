package io.candor.knowledge;

import static java.util.stream.Collectors.toSet;

import io.candor.serving.TextEmbeddingModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The passages of a version to be, in order, with the vectors of those that have none stored, of
 * every live embedding model.
 *
 * @param sketch the numbers under which {@link Duplicates} finds the version
 */
record PassageSet(
    String title,
    List<Passage> passages,
    long[] sketch,
    byte[][] hashes,
    List<PassageVectors> vectors) {
  /** The active model is another one than when the passages were embedded. */
  static final class ModelChangedException extends RuntimeException {
    private ModelChangedException(String model) {
      super("the embedding model %s has become active meanwhile".formatted(model));
    }
  }

  /** No passages: a retirement writes none. */
  static final PassageSet EMPTY = new PassageSet("", List.of(), new long[0]);

  PassageSet(String title, List<Passage> passages, long[] sketch) {
    this(
        title,
        passages,
        sketch,
        passages.stream().map(passage -> passage.hash(title)).toArray(byte[][]::new),
        List.of());
  }

  PassageSet with(List<PassageVectors> computed) {
    return new PassageSet(title, passages, sketch, hashes, computed);
  }

  PassageVectors embed(TextEmbeddingModel model, List<Passage> missing) {
    return PassageVectors.of(
        model,
        missing.stream().map(passage -> passage.hash(title)).toList(),
        missing.stream().map(passage -> passage.inContext(title)).toList());
  }

  /** The passages that a live model has not embedded yet, each text once. */
  Map<StoredModel, List<Passage>> withoutVectors(Connection connection, UUID tenant)
      throws SQLException {
    var missing = new LinkedHashMap<StoredModel, List<Passage>>();
    for (var model : StoredModel.live(connection)) {
      missing.put(model, withoutVector(connection, tenant, model.name()));
    }
    return missing;
  }

  private List<Passage> withoutVector(Connection connection, UUID tenant, String model)
      throws SQLException {
    var sql =
        """
        select min(p.ordinal)
        from unnest(?::bytea[]) with ordinality p (hash, ordinal)
        where not exists (select from embedding e
                          where e.tenant_id = ? and e.model = ? and e.content_hash = p.hash)
        group by p.hash
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("bytea", hashes));
      statement.setObject(2, tenant);
      statement.setString(3, model);
      var missing = new ArrayList<Passage>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          missing.add(passages.get(rows.getInt(1) - 1));
        }
      }
      return missing;
    }
  }

  /**
   * Writes the passages that are new to the tenant, the version's chunks, and the vectors.
   *
   * @throws ModelChangedException if the active model did not embed them; then nothing may stay
   */
  void write(Connection connection, UUID tenant, UUID version) throws SQLException {
    StoredModel.holdStill(connection);
    var live = StoredModel.live(connection);
    var embedders = vectors.stream().map(PassageVectors::model).collect(toSet());
    for (var model : live) {
      if (model.isActive() && !embedders.contains(model.name())) {
        throw new ModelChangedException(model.name());
      }
    }
    writePassages(connection, tenant);
    writeChunks(connection, tenant, version);
    for (var embedded : vectors) {
      if (live.stream().anyMatch(model -> model.name().equals(embedded.model()))) {
        embedded.write(connection, tenant);
      }
    }
  }

  private void writePassages(Connection connection, UUID tenant) throws SQLException {
    var sql =
        """
        insert into passage (tenant_id, content_hash, title, heading, text)
        select ?, p.hash, ?, p.heading, p.text
        from unnest(?::bytea[], ?::text[], ?::text[]) p (hash, heading, text)
        on conflict do nothing
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, title);
      statement.setArray(3, connection.createArrayOf("bytea", hashes));
      statement.setArray(4, texts(connection, passages.stream().map(Passage::heading).toList()));
      statement.setArray(5, texts(connection, passages.stream().map(Passage::text).toList()));
      statement.executeUpdate();
    }
  }

  private void writeChunks(Connection connection, UUID tenant, UUID version) throws SQLException {
    var sql =
        """
        insert into chunk (tenant_id, version_id, ordinal, start_at, end_at, content_hash)
        select ?, ?, c.ordinal, c.start_at, c.end_at, c.hash
        from unnest(?::int[], ?::int[], ?::bytea[]) with ordinality c (start_at, end_at, hash, ordinal)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setObject(2, version);
      var starts = passages.stream().map(Passage::start).toArray();
      var ends = passages.stream().map(Passage::end).toArray();
      statement.setArray(3, connection.createArrayOf("int", starts));
      statement.setArray(4, connection.createArrayOf("int", ends));
      statement.setArray(5, connection.createArrayOf("bytea", hashes));
      statement.executeUpdate();
    }
  }

  private static java.sql.Array texts(Connection connection, List<String> texts)
      throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }
}
