package io.candor.helpdesk;

import io.candor.helpdesk.vendor.Inbound;
import io.candor.helpdesk.wire.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What came through a channel, for those who look after it. */
@ApplicationScoped
class Deliveries {
  private static final int LAST = 100;
  private static final Duration TEST_LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_MS = 200;

  private final TenantConnections connections;
  private final Wakeup wakeup;

  Deliveries(TenantConnections connections, Wakeup wakeup) {
    this.connections = connections;
    this.wakeup = wakeup;
  }

  record Shown(
      String id,
      String conversation,
      Instant receivedAt,
      String state,
      String result,
      int attempts) {}

  List<Shown> last(Channel channel) {
    var sql =
        """
        select id, external_id, received_at, state, result, attempts
        from helpdesk_delivery
        where channel_id = ?
        order by id desc
        limit ?
        """;
    return connections.call(
        channel.tenant(),
        connection -> {
          try (var statement = bind(connection, sql, channel.id(), LAST);
              var rows = statement.executeQuery()) {
            var all = new ArrayList<Shown>();
            while (rows.next()) {
              all.add(
                  new Shown(
                      rows.getString(1),
                      rows.getString(2),
                      rows.getObject(3, OffsetDateTime.class).toInstant(),
                      rows.getString(4),
                      rows.getString(5),
                      rows.getInt(6)));
            }
            return all;
          }
        });
  }

  /** Makes a failed delivery due again; false where there is none of that id. */
  boolean retry(Channel channel, String delivery) {
    var sql =
        """
        update helpdesk_delivery
        set state = case when plan is null then 'received' else 'planned' end, due_at = now(),
            attempts = least(attempts, 1) -- all the attempts again, of which the first looks
        where channel_id = ? and id::text = ? and state = 'failed' and body is not null
        """;
    boolean found = update(channel, sql, channel.id(), delivery);
    wakeup.signal();
    return found;
  }

  boolean giveBack(Channel channel, String conversation) {
    var sql =
        """
        update helpdesk_conversation
        set silent_since = null
        where channel_id = ? and external_id = ?
        """;
    return update(channel, sql, channel.id(), conversation);
  }

  /** What came of the channel's last test event. */
  String awaitTest(Channel channel) throws InterruptedException {
    var deadline = System.nanoTime() + TEST_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      var test =
          last(channel).stream()
              .filter(one -> one.conversation().equals(Inbound.TEST_CONVERSATION))
              .findFirst();
      if (test.isPresent() && test.get().result() != null) {
        return test.get().result();
      }
      Thread.sleep(LOOK_MS);
    }
    return "the event came in, and no worker has answered it within "
        + TEST_LIMIT.toSeconds()
        + " s";
  }

  private boolean update(Channel channel, String sql, Object... values) {
    return connections.call(
        channel.tenant(),
        connection -> {
          try (var statement = bind(connection, sql, values)) {
            return statement.executeUpdate() == 1;
          }
        });
  }

  private static PreparedStatement bind(Connection connection, String sql, Object... values)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
