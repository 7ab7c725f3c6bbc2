package io.candor.knowledge;

import io.candor.audit.Outbox;
import io.candor.knowledge.Applied.NewVersion;
import io.candor.knowledge.Applied.Unchanged;
import io.candor.knowledge.DocumentTimeline.StoredVersion;
import io.candor.knowledge.Event.Published;
import io.candor.knowledge.Event.Retired;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Writes what one event changes, inside the transaction that {@link Ledger} opened for it. */
final class LedgerEntry {
  private final Connection connection;
  private final UUID tenant;
  private final Event event;
  private final PassageSet passages;
  private final Clock clock;

  LedgerEntry(Connection connection, UUID tenant, Event event, PassageSet passages, Clock clock) {
    this.connection = connection;
    this.tenant = tenant;
    this.event = event;
    this.passages = passages;
    this.clock = clock;
  }

  Applied write() throws SQLException {
    lockTenant();
    var seen = seenBefore();
    if (seen.isPresent()) {
      return seen.get();
    }
    var moment = moment();
    var documents = new DocumentTimeline(connection, tenant, moment.recordedAt());
    var applied =
        switch (event) {
          case Published published -> publish(documents, moment, published);
          case Retired retired -> retire(documents, moment, retired);
        };
    record(applied, moment);
    if (!(applied instanceof Unchanged)) {
      Outbox.add(connection, Announcement.TOPIC, event.key(), Announcement.json(event, applied));
    }
    return applied;
  }

  private Applied.Accepted publish(DocumentTimeline documents, Moment moment, Published published)
      throws SQLException {
    var draft = published.draft();
    var from = draft.validFrom().orElse(moment.happenedAt());
    var until = draft.validUntil().orElse(DocumentTimeline.FOREVER);
    if (!from.isBefore(until)) {
      throw new Refusal("valid_until (%s) must be after valid_from (%s)".formatted(until, from));
    }
    var document = documents.findOrCreate(event.key());
    var timeline = documents.timeline(document);
    var same = documents.sameContent(document, timeline.at(from), draft.contentHash());
    var version = same.isPresent() ? same.get() : newVersion(documents, document, published);
    var change = timeline.publish(version.id(), from, until);
    documents.apply(document, change);
    announce(document, change, Optional.of(version), draft.text(), from, moment);
    var number = OptionalInt.of(version.number());
    return same.isPresent() && change.isEmpty()
        ? new Unchanged(moment.token(), number)
        : new NewVersion(
            moment.token(),
            number,
            passages.passages().size(),
            change.begun().getLast().from(),
            change.begun().getLast().until());
  }

  private StoredVersion newVersion(DocumentTimeline documents, UUID document, Published published)
      throws SQLException {
    var version = documents.addVersion(document, published);
    passages.write(connection, tenant, version.id());
    Duplicates.remember(connection, tenant, version.id(), passages.sketch());
    return version;
  }

  private Applied.Accepted retire(DocumentTimeline documents, Moment moment, Retired retired)
      throws SQLException {
    var document = documents.find(event.key());
    if (document.isEmpty()) {
      return new Unchanged(moment.token(), OptionalInt.empty());
    }
    var at = retired.validUntil().orElse(moment.happenedAt());
    var change = documents.timeline(document.get()).retire(at);
    if (change.isEmpty()) {
      return new Unchanged(moment.token(), OptionalInt.empty());
    }
    documents.apply(document.get(), change);
    announce(document.get(), change, Optional.empty(), "", at, moment);
    var number = documents.number(change.ended().getFirst().version());
    return new Applied.Retired(moment.token(), OptionalInt.of(number), at);
  }

  /** Tells of the answers that quoted what holds no longer. */
  private void announce(
      UUID document,
      Timeline.Change change,
      Optional<StoredVersion> instead,
      String text,
      Instant from,
      Moment moment)
      throws SQLException {
    var ended =
        change.ended().stream()
            .map(Timeline.Period::version)
            .filter(version -> instead.filter(i -> i.id().equals(version)).isEmpty())
            .distinct()
            .toList();
    var number = instead.map(StoredVersion::number);
    new AffectedAnswers(
            connection,
            new AffectedAnswers.Change(
                event.key(), document, ended, number, text, from, moment.recordedAt()))
        .announce();
  }

  /** One event of a tenant at a time, so that sequence numbers become visible in their order. */
  private void lockTenant() throws SQLException {
    try (var statement =
        connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      statement.setString(1, "ledger " + tenant);
      statement.execute();
    }
  }

  private Optional<Applied> seenBefore() throws SQLException {
    var sql =
        """
        select sequence, version_number
        from applied_event
        where tenant_id = ? and source = ? and id = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, event.origin().source());
      statement.setString(3, event.origin().id());
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        var token = new Token.Sequence(rows.getLong("sequence"));
        var number = rows.getInt("version_number");
        return Optional.of(
            new Unchanged(token, rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(number)));
      }
    }
  }

  /**
   * Record time never stands still or goes back for a tenant, even where replicas' clocks differ.
   * An event takes effect when it happened, but a maker's fast clock must not hide it until later,
   * nor a slow one put it before what it follows in the stream.
   */
  private Moment moment() throws SQLException {
    var sql =
        """
        select last.sequence, last.applied_at,
               (select max(happened_at) from applied_event
                where tenant_id = ? and document_key = ?) as happened_at
        from (values (1)) one
        left join (select sequence, applied_at from applied_event
                   where tenant_id = ? order by sequence desc limit 1) last on true
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, event.key());
      statement.setObject(3, tenant);
      try (var rows = statement.executeQuery()) {
        rows.next();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var recorded =
            DocumentTimeline.instant(rows, "applied_at")
                .map(last -> later(now, last.plus(1, ChronoUnit.MICROS)))
                .orElse(now);
        var time = event.time().isBefore(recorded) ? event.time() : recorded;
        var happened =
            DocumentTimeline.instant(rows, "happened_at").map(h -> later(h, time)).orElse(time);
        return new Moment(new Token.Sequence(rows.getLong("sequence") + 1), recorded, happened);
      }
    }
  }

  private void record(Applied.Accepted applied, Moment moment) throws SQLException {
    var sql =
        """
        insert into applied_event (tenant_id, source, id, type, document_key, sequence,
                                   version_number, happened_at, applied_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, event.origin().source());
      statement.setString(3, event.origin().id());
      statement.setString(4, event.type());
      statement.setString(5, event.key());
      statement.setLong(6, moment.token().n());
      statement.setObject(7, applied.version().isPresent() ? applied.version().getAsInt() : null);
      statement.setObject(8, moment.happenedAt().atOffset(ZoneOffset.UTC));
      statement.setObject(9, moment.recordedAt().atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private record Moment(Token.Sequence token, Instant recordedAt, Instant happenedAt) {}
}
