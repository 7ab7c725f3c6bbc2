package io.candor.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The answers of a tenant, appended and never changed, each hash covering the one before: {@code
 * SHA-256(previous hash || response || inputs)}. A row altered or removed afterwards breaks the
 * chain. Used within a tenant's transaction.
 */
@ApplicationScoped
public class AnswerLog {
  private static final byte[] GENESIS = new byte[32];

  /** Answers read at once, inside a transaction: a chain may be longer than the memory. */
  private static final int FETCHED = 200;

  private final DataSource database;

  AnswerLog(DataSource database) {
    this.database = database;
  }

  /** Appends to the chain of the transaction's tenant. */
  public void append(UUID tenant, AnswerRecord answer) {
    try (var connection = database.getConnection()) {
      var last = lockChain(connection, tenant);
      insertAnswer(connection, tenant, answer, last);
      insertCitations(connection, tenant, answer);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot record answer " + answer.id(), e);
    }
  }

  /** The response of an answer as its caller was given it. */
  public Optional<String> response(UUID answer) {
    return text("select response from answer where id = ?", answer);
  }

  /** Canonical JSON of all that an answer was made from. */
  public Optional<String> inputs(UUID answer) {
    return text("select inputs from answer where id = ?", answer);
  }

  private Optional<String> text(String sql, UUID answer) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, answer);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read answer " + answer, e);
    }
  }

  /**
   * The first answer of the tenant whose hash does not follow from its content, if any does not.
   */
  public Optional<UUID> firstBroken() {
    try (var connection = database.getConnection()) {
      return firstBroken(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot check the chain of answers", e);
    }
  }

  /** The same over a connection that is confined to a tenant, for {@code ./candor doctor}. */
  public static Optional<UUID> firstBroken(Connection connection) throws SQLException {
    var sql =
        "select id, sequence, response, inputs, previous_hash, hash from answer order by sequence";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCHED);
      try (var rows = statement.executeQuery()) {
        var previous = new Link(0, GENESIS);
        while (rows.next()) {
          var hash = hash(previous.hash(), rows.getString("response"), rows.getString("inputs"));
          var follows =
              rows.getLong("sequence") == previous.sequence() + 1
                  && MessageDigest.isEqual(rows.getBytes("previous_hash"), previous.hash())
                  && MessageDigest.isEqual(rows.getBytes("hash"), hash);
          if (!follows) {
            return Optional.of(rows.getObject("id", UUID.class));
          }
          previous = new Link(rows.getLong("sequence"), hash);
        }
        return Optional.empty();
      }
    }
  }

  /** One answer of a tenant is appended at a time; the lock ends with the transaction. */
  private static Link lockChain(Connection connection, UUID tenant) throws SQLException {
    try (var lock =
        connection.prepareStatement(
            "select pg_advisory_xact_lock(hashtextextended('answer-chain ' || ?, 0))")) {
      lock.setString(1, tenant.toString());
      lock.execute();
    }
    try (var statement =
            connection.prepareStatement(
                "select sequence, hash from answer order by sequence desc limit 1");
        var rows = statement.executeQuery()) {
      return rows.next() ? new Link(rows.getLong(1), rows.getBytes(2)) : new Link(0, GENESIS);
    }
  }

  private static void insertAnswer(
      Connection connection, UUID tenant, AnswerRecord answer, Link last) throws SQLException {
    var sql =
        """
        insert into answer (id, tenant_id, sequence, conversation_id, outcome, response, inputs,
                            previous_hash, hash, created_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, answer.id());
      statement.setObject(2, tenant);
      statement.setLong(3, last.sequence() + 1);
      statement.setObject(4, answer.conversation());
      statement.setString(5, answer.outcome());
      statement.setString(6, answer.response());
      statement.setString(7, answer.inputs());
      statement.setBytes(8, last.hash());
      statement.setBytes(9, hash(last.hash(), answer.response(), answer.inputs()));
      statement.setObject(10, OffsetDateTime.ofInstant(answer.createdAt(), ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  private static void insertCitations(Connection connection, UUID tenant, AnswerRecord answer)
      throws SQLException {
    var sql =
        """
        insert into citation (tenant_id, answer_id, n, version_id, start_at, end_at)
        values (?, ?, ?, ?, ?, ?)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      for (var citation : answer.citations()) {
        statement.setObject(1, tenant);
        statement.setObject(2, answer.id());
        statement.setInt(3, citation.n());
        statement.setObject(4, citation.version());
        statement.setInt(5, citation.start());
        statement.setInt(6, citation.end());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static byte[] hash(byte[] previous, String... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(previous);
      for (var part : List.of(parts)) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private record Link(long sequence, byte[] hash) {}
}
