package io.candor.knowledge;

import io.candor.knowledge.Timeline.Period;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes documents, versions and their validity, in a transaction of {@link Ledger}. */
record DocumentTimeline(Connection connection, UUID tenant, Instant recordedAt) {
  /** An end that is not in sight; {@code infinity} in the database. */
  static final Instant FOREVER = OffsetDateTime.MAX.toInstant();

  record StoredVersion(UUID id, int number) {}

  Optional<UUID> find(String key) throws SQLException {
    var sql = "select id from document where tenant_id = ? and key = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, key);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  UUID findOrCreate(String key) throws SQLException {
    var found = find(key);
    if (found.isPresent()) {
      return found.get();
    }
    var sql = "insert into document (tenant_id, key, created_at) values (?, ?, ?) returning id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, key);
      statement.setObject(3, timestamp(recordedAt));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getObject(1, UUID.class);
      }
    }
  }

  Timeline timeline(UUID document) throws SQLException {
    var sql =
        """
        select version_id, valid_from, valid_until
        from validity
        where document_id = ? and recorded_until = 'infinity'
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, document);
      var periods = new ArrayList<Period>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          periods.add(
              new Period(
                  rows.getObject("version_id", UUID.class),
                  instant(rows, "valid_from").orElseThrow(),
                  instant(rows, "valid_until").orElseThrow()));
        }
      }
      return new Timeline(periods);
    }
  }

  /** The version valid there, or else the last one, if its content is the same. */
  Optional<StoredVersion> sameContent(UUID document, Optional<Period> valid, byte[] hash)
      throws SQLException {
    var sql =
        """
        select id, number
        from version
        where document_id = ? and content_hash = ?
          and (id = ? or number = (select max(number) from version where document_id = ?))
        order by id = ? desc
        limit 1
        """;
    try (var statement = connection.prepareStatement(sql)) {
      var there = valid.map(Period::version).orElse(new UUID(0, 0));
      statement.setObject(1, document);
      statement.setBytes(2, hash);
      statement.setObject(3, there);
      statement.setObject(4, document);
      statement.setObject(5, there);
      return version(statement.executeQuery());
    }
  }

  StoredVersion addVersion(UUID document, Event.Published event) throws SQLException {
    var sql =
        """
        insert into version (tenant_id, document_id, number, kind, format, title, locale, url, text,
                             content_hash, event_source, event_id, recorded_at, tags)
        select ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
        from version
        where document_id = ?
        returning id, number
        """;
    var draft = event.draft();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setObject(2, document);
      statement.setString(3, draft.kind().toString());
      statement.setString(4, draft.format().toString());
      statement.setString(5, draft.title());
      statement.setString(6, draft.locale().orElse(null));
      statement.setString(7, draft.url().orElse(null));
      statement.setString(8, draft.text());
      statement.setBytes(9, draft.contentHash());
      statement.setString(10, event.origin().source());
      statement.setString(11, event.origin().id());
      statement.setObject(12, timestamp(recordedAt));
      statement.setArray(13, connection.createArrayOf("text", draft.tags().toArray()));
      statement.setObject(14, document);
      return version(statement.executeQuery()).orElseThrow();
    }
  }

  int number(UUID version) throws SQLException {
    try (var statement = connection.prepareStatement("select number from version where id = ?")) {
      statement.setObject(1, version);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** Closes the record of what no longer holds and opens that of what now does. */
  void apply(UUID document, Timeline.Change change) throws SQLException {
    var close =
        """
        update validity set recorded_until = ?
        where document_id = ? and valid_from = ? and recorded_until = 'infinity'
        """;
    var open =
        """
        insert into validity (tenant_id, document_id, version_id, valid_from, valid_until, recorded_from)
        values (?, ?, ?, ?, ?, ?)
        """;
    try (var closing = connection.prepareStatement(close);
        var opening = connection.prepareStatement(open)) {
      for (var period : change.ended()) {
        closing.setObject(1, timestamp(recordedAt));
        closing.setObject(2, document);
        closing.setObject(3, timestamp(period.from()));
        closing.addBatch();
      }
      closing.executeBatch();
      for (var period : change.begun()) {
        opening.setObject(1, tenant);
        opening.setObject(2, document);
        opening.setObject(3, period.version());
        opening.setObject(4, timestamp(period.from()));
        opening.setObject(5, timestamp(period.until()));
        opening.setObject(6, timestamp(recordedAt));
        opening.addBatch();
      }
      opening.executeBatch();
    }
  }

  static OffsetDateTime timestamp(Instant at) {
    return at.equals(FOREVER) ? OffsetDateTime.MAX : at.atOffset(ZoneOffset.UTC);
  }

  static Optional<Instant> instant(ResultSet rows, String column) throws SQLException {
    return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static Optional<StoredVersion> version(ResultSet result) throws SQLException {
    try (var rows = result) {
      return rows.next()
          ? Optional.of(new StoredVersion(rows.getObject("id", UUID.class), rows.getInt("number")))
          : Optional.empty();
    }
  }
}
