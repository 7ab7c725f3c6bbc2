package io.candor.retrieval;

import io.candor.knowledge.KnowledgeView;
import io.candor.knowledge.Token;
import io.candor.serving.BgeEmbeddingModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant's documents, written into the tables on an open connection of the application's role.
 */
final class Corpus {
  static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  private final Connection connection;
  final UUID tenant;

  /** The tenant has to exist; the transaction is confined to it. */
  Corpus(Connection connection, UUID tenant) throws SQLException {
    this.connection = connection;
    this.tenant = tenant;
    execute("select set_config('candor.tenant', ?, true)", tenant.toString());
  }

  KnowledgeView at(Instant instant) {
    return new KnowledgeView(tenant, instant, new Token.Sequence(0), 0);
  }

  /** A document of one version with one chunk per text, valid in [from, until). */
  void add(String key, Instant from, Instant until, BgeEmbeddingModel model, String... texts)
      throws SQLException {
    var vectors = Arrays.stream(texts).map(text -> model.embed(text).content().vector()).toList();
    add(key, from, until, List.of(texts), vectors);
  }

  void add(String key, Instant from, Instant until, List<String> texts, List<float[]> vectors)
      throws SQLException {
    var document = UUID.randomUUID();
    var version = UUID.randomUUID();
    execute("insert into document (id, tenant_id, key) values (?, ?, ?)", document, tenant, key);
    execute(
        """
        insert into version (id, tenant_id, document_id, number, kind, format, title, text,
                             content_hash, event_source, event_id, recorded_at)
        values (?, ?, ?, 1, 'policy', 'text', 'T', ?, '', 'test', ?, now())
        """,
        version,
        tenant,
        document,
        String.join("\n", texts),
        key);
    execute(
        """
        insert into validity (tenant_id, document_id, version_id, valid_from, valid_until, recorded_from)
        values (?, ?, ?, ?::timestamptz, ?::timestamptz, now())
        """,
        tenant,
        document,
        version,
        from.toString(),
        Optional.ofNullable(until).map(Instant::toString).orElse("infinity"));
    addPassages(version, texts, vectors);
  }

  private void addPassages(UUID version, List<String> texts, List<float[]> vectors)
      throws SQLException {
    var hashes = texts.stream().map(Corpus::hash).toArray(byte[][]::new);
    var hashArray = connection.createArrayOf("bytea", hashes);
    var textArray = connection.createArrayOf("text", texts.toArray());
    execute(
        """
        insert into passage (tenant_id, content_hash, title, heading, text)
        select ?, hash, 'T', '', text from unnest(?::bytea[], ?::text[]) as p (hash, text)
        on conflict do nothing
        """,
        tenant,
        hashArray,
        textArray);
    execute(
        """
        insert into embedding (tenant_id, model, content_hash, vector)
        select ?, ?, hash, vector::vector from unnest(?::bytea[], ?::text[]) as e (hash, vector)
        on conflict do nothing
        """,
        tenant,
        BgeEmbeddingModel.NAME,
        hashArray,
        connection.createArrayOf("text", vectors.stream().map(Arrays::toString).toArray()));
    int start = 0;
    for (int i = 0; i < texts.size(); i++) {
      int end = start + texts.get(i).length();
      execute(
          """
          insert into chunk (tenant_id, version_id, ordinal, start_at, end_at, content_hash)
          values (?, ?, ?, ?, ?, ?)
          """,
          tenant,
          version,
          i,
          start,
          end,
          hashes[i]);
      start = end + 1;
    }
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql, Object... parameters) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
