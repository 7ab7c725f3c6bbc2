package io.candor.knowledge;

import io.candor.security.CurrentTenant;
import io.candor.security.TenantTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** The one door to reading documents: confined to a tenant, at an instant, no staler than asked. */
@ApplicationScoped
public class KnowledgeGate {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final DataSource database;
  private final TenantTransaction transaction;
  private final CurrentTenant tenant;
  private final Clock clock;
  private final String topic;

  KnowledgeGate(
      DataSource database,
      TenantTransaction transaction,
      CurrentTenant tenant,
      Clock clock,
      KnowledgeConfig config) {
    this.database = database;
    this.transaction = transaction;
    this.tenant = tenant;
    this.clock = clock;
    this.topic = config.topic();
  }

  /**
   * Runs the body inside a transaction of the tenant, in which plain JDBC and Hibernate share one
   * connection.
   *
   * @param asOf the instant to answer for; now, if empty
   * @param after waits up to 2 s until this token is in force, or fails with {@link
   *     StaleKnowledgeException}
   */
  public <T> T read(
      UUID tenant, Optional<Instant> asOf, Optional<Token> after, Function<KnowledgeView, T> body) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var attempt =
          transaction.call(
              tenant,
              () -> {
                var known = known(tenant, after);
                return known.inForce()
                    ? new Attempt<>(true, body.apply(known.view(tenant, asOf, clock)))
                    : new Attempt<T>(false, null);
              });
      if (attempt.made()) {
        return attempt.result();
      }
      if (System.nanoTime() > deadline) {
        throw new StaleKnowledgeException(after.orElseThrow());
      }
      pause();
    }
  }

  /** The same for the tenant of the request being served. */
  public <T> T read(
      Optional<Instant> asOf, Optional<Token> after, Function<KnowledgeView, T> body) {
    return read(tenant.id(), asOf, after, body);
  }

  private Known known(UUID tenant, Optional<Token> after) throws SQLException {
    try (var connection = database.getConnection()) {
      return known(connection, tenant, after);
    }
  }

  /** Lag is told by the database's clock alone, on which all replicas agree. */
  private Known known(Connection connection, UUID tenant, Optional<Token> after)
      throws SQLException {
    var sql =
        """
        select coalesce(last.sequence, 0) as sequence, last.applied_at, stream.next_offset,
               1000 * extract(epoch from clock_timestamp()
                 - coalesce(stream.caught_up_at, pg_postmaster_start_time())) as lag_ms
        from (select max(next_offset) filter (where partition = ?) as next_offset,
                     min(coalesce(caught_up_at, pg_postmaster_start_time())) as caught_up_at
              from stream_position
              where topic = ?) stream
        left join (select sequence, applied_at
                   from applied_event
                   where tenant_id = ?
                   order by sequence desc
                   limit 1) last on true
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, after.orElse(null) instanceof Token.Offset(var p, _) ? p : -1);
      statement.setString(2, topic);
      statement.setObject(3, tenant);
      try (var rows = statement.executeQuery()) {
        rows.next();
        var sequence = rows.getLong("sequence");
        var nextOffset = rows.getLong("next_offset");
        var inForce =
            after.isEmpty()
                || switch (after.get()) {
                  case Token.Sequence(var n) -> n <= sequence;
                  case Token.Offset(_, var offset) -> offset < nextOffset;
                };
        var appliedAt = rows.getObject("applied_at", java.time.OffsetDateTime.class);
        return new Known(
            inForce,
            sequence,
            appliedAt == null ? Instant.MIN : appliedAt.toInstant(),
            Math.max(0, rows.getLong("lag_ms")));
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a knowledge token", e);
    }
  }

  private record Attempt<T>(boolean made, T result) {}

  private record Known(boolean inForce, long sequence, Instant appliedAt, long lagMs) {
    /** "Now" is not before the last event, even where a replica's clock runs behind. */
    KnowledgeView view(UUID tenant, Optional<Instant> asOf, Clock clock) {
      var now = clock.instant();
      var latest = now.isBefore(appliedAt) ? appliedAt : now;
      return new KnowledgeView(tenant, asOf.orElse(latest), new Token.Sequence(sequence), lagMs);
    }
  }
}
