package io.candor.knowledge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The passages of a version to be, in order, with the vectors of those that have none stored.
 *
 * @param model the embedding model's name
 */
record PassageSet(
    String title,
    String model,
    List<Passage> passages,
    byte[][] hashes,
    Map<Passage, float[]> vectors) {
  PassageSet(String title, String model, List<Passage> passages) {
    this(
        title,
        model,
        passages,
        passages.stream().map(passage -> passage.hash(title)).toArray(byte[][]::new),
        Map.of());
  }

  PassageSet with(Map<Passage, float[]> computed) {
    return new PassageSet(title, model, passages, hashes, computed);
  }

  /** The passages that the model has not embedded yet, each text once. */
  List<Passage> withoutVector(Connection connection, UUID tenant) throws SQLException {
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

  /** Writes the passages that are new to the tenant, the version's chunks, and the vectors. */
  void write(Connection connection, UUID tenant, UUID version) throws SQLException {
    writePassages(connection, tenant);
    writeChunks(connection, tenant, version);
    if (!vectors.isEmpty()) {
      writeVectors(connection, tenant);
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

  private void writeVectors(Connection connection, UUID tenant) throws SQLException {
    var sql =
        """
        insert into embedding (tenant_id, model, content_hash, vector)
        select ?, ?, e.hash, e.vector::vector
        from unnest(?::bytea[], ?::text[]) e (hash, vector)
        on conflict do nothing
        """;
    var embedded = List.copyOf(vectors.entrySet());
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, model);
      statement.setArray(
          3,
          connection.createArrayOf(
              "bytea", embedded.stream().map(e -> e.getKey().hash(title)).toArray(byte[][]::new)));
      statement.setArray(
          4, texts(connection, embedded.stream().map(e -> Arrays.toString(e.getValue())).toList()));
      statement.executeUpdate();
    }
  }

  private static java.sql.Array texts(Connection connection, List<String> texts)
      throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }
}
