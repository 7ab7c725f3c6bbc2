package io.candor.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/** Where the consumer stands in the topic, kept in the database with what it has applied. */
@ApplicationScoped
class StreamPositions {
  /** A step over a record: from the position that this consumer left, to after the record. */
  record Step(TopicPartition partition, long from, long to) {}

  /** Another consumer has moved the position: this one must not go on. */
  static final class FencedException extends RuntimeException {
    private FencedException(Step step) {
      super("another consumer has taken over %s".formatted(step.partition()));
    }
  }

  private final DataSource database;

  StreamPositions(DataSource database) {
    this.database = database;
  }

  /** Moves a position within a transaction, or fails it with {@link FencedException}. */
  static void advance(Connection connection, Step step) throws SQLException {
    var sql =
        """
        update stream_position set next_offset = ?
        where topic = ? and partition = ? and next_offset = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, step.to());
      statement.setString(2, step.partition().topic());
      statement.setInt(3, step.partition().partition());
      statement.setLong(4, step.from());
      if (statement.executeUpdate() == 0) {
        throw new FencedException(step);
      }
    }
  }

  /** Moves a position over a record that changes nothing. */
  void advance(Step step) {
    try (var connection = database.getConnection()) {
      advance(connection, step);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot move the stream position", e);
    }
  }

  OptionalLong find(TopicPartition partition) {
    var sql = "select next_offset from stream_position where topic = ? and partition = ?";
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, partition.topic());
      statement.setInt(2, partition.partition());
      try (var rows = statement.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the stream position", e);
    }
  }

  /** How long ago everything on the topic was known to be applied, on the database's clock. */
  Duration lag(String topic) {
    var sql =
        """
        select extract(epoch from clock_timestamp()
                 - min(coalesce(caught_up_at, pg_postmaster_start_time())))
        from stream_position
        where topic = ?
        """;
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, topic);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return Duration.ofMillis(Math.max(0, Math.round(1_000 * rows.getDouble(1))));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the stream's freshness", e);
    }
  }

  /** Starts a partition, or starts it anew where its topic was replaced. */
  void start(TopicPartition partition, long offset) {
    var sql =
        """
        insert into stream_position (topic, partition, next_offset) values (?, ?, ?)
        on conflict (topic, partition) do update set next_offset = excluded.next_offset
        """;
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, partition.topic());
      statement.setInt(2, partition.partition());
      statement.setLong(3, offset);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot start the stream position", e);
    }
  }

  /**
   * Notes that everything in these partitions was applied, that long ago. Losing the note in a
   * crash loses nothing, so the commit does not wait for the disk.
   */
  void caughtUp(Collection<TopicPartition> partitions, Duration ago) {
    var sql =
        """
        update stream_position p
        set caught_up_at = clock_timestamp() - make_interval(secs => ?)
        from (select set_config('synchronous_commit', 'off', true)) lazily
        where p.topic = ? and p.partition = any (?)
        """;
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setDouble(1, ago.toNanos() / 1e9);
      statement.setString(2, partitions.iterator().next().topic());
      var numbers = partitions.stream().map(TopicPartition::partition).toArray();
      statement.setArray(3, connection.createArrayOf("int", numbers));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note the stream's freshness", e);
    }
  }
}
