package io.candor.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant's synonyms, as its administrators keep them; the search statement reads them. They are
 * configuration, without versions: a change holds from the next question on, whatever instant that
 * asks about, and has no knowledge token.
 */
@ApplicationScoped
class Glossary {
  static final int MOST_ENTRIES = 1000;

  private final Transactions transactions;

  Glossary(Transactions transactions) {
    this.transactions = transactions;
  }

  /** All entries in the order of their terms. */
  List<GlossaryEntry> entries(UUID tenant) {
    return transactions.call(tenant, Glossary::select);
  }

  /** Adds an entry, or puts it in the place of that with its term. */
  void put(UUID tenant, GlossaryEntry entry) {
    transactions.call(
        tenant,
        connection -> {
          insert(connection, tenant, List.of(entry));
          return checkSize(connection);
        });
  }

  /** Puts these entries, of distinct terms, in the place of all. */
  void replace(UUID tenant, List<GlossaryEntry> entries) {
    transactions.call(
        tenant,
        connection -> {
          delete(connection, Optional.empty());
          insert(connection, tenant, entries);
          return checkSize(connection);
        });
  }

  /** Removes the entry of that term; whether there was one. */
  boolean remove(UUID tenant, String term) {
    return transactions.call(tenant, connection -> delete(connection, Optional.of(term))) > 0;
  }

  private static List<GlossaryEntry> select(Connection connection) throws SQLException {
    var sql = "select term, synonyms, definition from glossary order by term";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      var entries = new ArrayList<GlossaryEntry>();
      while (rows.next()) {
        entries.add(
            new GlossaryEntry(
                rows.getString("term"),
                List.of((String[]) rows.getArray("synonyms").getArray()),
                Optional.ofNullable(rows.getString("definition"))));
      }
      return entries;
    }
  }

  private static void insert(Connection connection, UUID tenant, List<GlossaryEntry> entries)
      throws SQLException {
    var sql =
        """
        insert into glossary (tenant_id, term, synonyms, definition)
        values (?, ?, ?, ?)
        on conflict (tenant_id, term) do update
        set synonyms = excluded.synonyms, definition = excluded.definition
        """;
    try (var statement = connection.prepareStatement(sql)) {
      for (var entry : entries) {
        statement.setObject(1, tenant);
        statement.setString(2, entry.term());
        statement.setArray(3, connection.createArrayOf("text", entry.synonyms().toArray()));
        statement.setString(4, entry.definition().orElse(null));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static int delete(Connection connection, Optional<String> term) throws SQLException {
    var sql = "delete from glossary where term = coalesce(?, term)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, term.orElse(null));
      return statement.executeUpdate();
    }
  }

  private static int checkSize(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select count(*) from glossary");
        var rows = statement.executeQuery()) {
      rows.next();
      if (rows.getInt(1) > MOST_ENTRIES) {
        throw new IllegalArgumentException(
            "a glossary has at most %d entries".formatted(MOST_ENTRIES));
      }
      return rows.getInt(1);
    }
  }
}
