package io.candor.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/** Finds the document that says the same, or nearly, as one that is about to be stored. */
@ApplicationScoped
class Duplicates {
  private static final double NEARLY = 0.8;

  private final Transactions transactions;
  private final Clock clock;

  Duplicates(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** The most similar document that is valid at a time when this one would be. */
  Optional<Resemblance> find(UUID tenant, String key, Draft draft) {
    Shingles shingles;
    try {
      shingles = Shingles.of(draft, Chunker.chunk(draft.format(), draft.text()));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty(); // the ledger refuses what cannot be read, with the reason
    }
    return transactions.call(tenant, connection -> find(connection, tenant, key, draft, shingles));
  }

  private Optional<Resemblance> find(
      Connection connection, UUID tenant, String key, Draft draft, Shingles shingles)
      throws SQLException {
    var sql =
        """
        with alike as (
          select s.version_id, d.key, count(*) as shared
          from sketch s
          join version v on v.id = s.version_id
          join document d on d.id = v.document_id and d.key <> ?
          where s.tenant_id = ? and s.band = any(?)
            and exists (select from validity p
                        where p.version_id = v.id and p.recorded_until = 'infinity'
                          and p.valid_until > ? and p.valid_from < ?)
          group by s.version_id, d.key
          order by shared desc, d.key
          limit 5)
        select a.key, v.kind, v.title,
               string_agg(concat_ws(' ', p.heading, p.text), ' ' order by c.ordinal) as words
        from alike a
        join version v on v.id = a.version_id
        join chunk c on c.version_id = v.id
        join passage p on p.tenant_id = c.tenant_id and p.content_hash = c.content_hash
        group by a.key, v.id
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, key);
      statement.setObject(2, tenant);
      statement.setArray(3, numbers(connection, shingles.bands()));
      statement.setObject(4, DocumentTimeline.timestamp(draft.validFrom().orElse(clock.instant())));
      statement.setObject(
          5, DocumentTimeline.timestamp(draft.validUntil().orElse(DocumentTimeline.FOREVER)));
      var found = new ArrayList<Resemblance>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var other =
              Shingles.of(rows.getString("kind"), rows.getString("title"), rows.getString("words"));
          found.add(new Resemblance(rows.getString("key"), shingles.similarity(other)));
        }
      }
      return found.stream()
          .filter(resemblance -> resemblance.similarity() >= NEARLY)
          .max(Comparator.comparingDouble(Resemblance::similarity));
    }
  }

  /** Keeps what a new version is found by. */
  static void remember(Connection connection, UUID tenant, UUID version, long[] sketch)
      throws SQLException {
    var sql = "insert into sketch (tenant_id, band, version_id) select ?, unnest(?::bigint[]), ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setArray(2, numbers(connection, sketch));
      statement.setObject(3, version);
      statement.executeUpdate();
    }
  }

  private static Array numbers(Connection connection, long[] sketch) throws SQLException {
    return connection.createArrayOf("bigint", Arrays.stream(sketch).boxed().toArray());
  }
}
