package io.candor.helpdesk;

import io.candor.helpdesk.vendor.Account;
import io.candor.helpdesk.vendor.Event;
import io.candor.helpdesk.vendor.Post;
import io.candor.helpdesk.wire.Json;
import io.candor.helpdesk.wire.TenantConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The durable queue of deliveries. Who works on one holds its conversation's row locked, so that a
 * conversation is answered in order, and a crash lets go of it; each step is committed beside.
 */
final class Queue {
  private static final int REMEMBERED = 6;

  private final TenantConnections connections;

  Queue(TenantConnections connections) {
    this.connections = connections;
  }

  /** A conversation that is locked until the transaction ends. */
  record Taken(UUID tenant, String tenantName, UUID channel, String conversation) {}

  /** Locks a conversation with something due, and confines the transaction to its tenant. */
  static Optional<Taken> take(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select * from take_helpdesk_conversation()");
        var rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      var taken =
          new Taken(
              rows.getObject("tenant_id", UUID.class),
              rows.getString("tenant_name"),
              rows.getObject("channel_id", UUID.class),
              rows.getString("external_id"));
      TenantConnections.confine(connection, taken.tenant());
      return Optional.of(taken);
    }
  }

  /**
   * The first unfinished delivery of the conversation, due or not; another may have finished it.
   */
  static Optional<Task> first(Connection connection, Taken taken) throws SQLException {
    var sql =
        """
        select id, body, received_at, due_at, plan, posted, attempts
        from helpdesk_delivery
        where channel_id = ? and external_id = ? and state in ('received', 'planned')
        order by happened_at, id
        limit 1
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, taken.channel());
      statement.setString(2, taken.conversation());
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(task(rows)) : Optional.empty();
      }
    }
  }

  private static Task task(ResultSet rows) throws SQLException {
    return new Task(
        rows.getObject("id", UUID.class),
        rows.getBytes("body"),
        instant(rows, "received_at"),
        instant(rows, "due_at"),
        Optional.ofNullable(rows.getString("plan")).map(plan -> Json.read(plan, Plan.class)),
        rows.getInt("posted"),
        rows.getInt("attempts"));
  }

  static Conversation conversation(Connection connection, Taken taken, Channel channel)
      throws SQLException {
    var sql =
        """
        select conversation_id, silent_since
        from helpdesk_conversation
        where channel_id = ? and external_id = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, taken.channel());
      statement.setString(2, taken.conversation());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return new Conversation(
            Optional.ofNullable(rows.getObject(1, UUID.class)),
            Optional.ofNullable(rows.getObject(2, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant),
            exchanges(connection, taken, channel));
      }
    }
  }

  private static List<Conversation.Exchange> exchanges(
      Connection connection, Taken taken, Channel channel) throws SQLException {
    var sql =
        """
        select body, received_at, plan
        from helpdesk_delivery
        where channel_id = ? and external_id = ? and state = 'done' and message_id is not null
          and body is not null
        order by happened_at desc, id desc
        limit ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, taken.channel());
      statement.setString(2, taken.conversation());
      statement.setInt(3, REMEMBERED);
      var exchanges = new ArrayList<Conversation.Exchange>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          exchange(rows, channel, channel.account()).ifPresent(exchanges::addFirst);
        }
      }
      return exchanges;
    }
  }

  private static Optional<Conversation.Exchange> exchange(
      ResultSet rows, Channel channel, Account account) throws SQLException {
    var received = instant(rows, "received_at");
    var plan = Json.read(rows.getString("plan"), Plan.class);
    var reply = plan.posts().stream().filter(post -> post.kind() == Post.Kind.REPLY).findFirst();
    return channel.vendor().inbound().read(rows.getBytes("body"), account, received)
            instanceof Event.Said said
        ? Optional.of(new Conversation.Exchange(received, said.text(), reply.map(Post::text)))
        : Optional.empty();
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Keeps what is to be done. */
  void planned(UUID tenant, UUID delivery, Plan plan) {
    update(
        tenant,
        "update helpdesk_delivery set state = 'planned', plan = ?, attempts = 0 where id = ?",
        Json.write(plan),
        delivery);
  }

  /** Says that something is about to be tried: after a crash it is known that it may have been. */
  void trying(UUID tenant, UUID delivery) {
    update(tenant, "update helpdesk_delivery set attempts = attempts + 1 where id = ?", delivery);
  }

  /** The next of the plan's posts has arrived. */
  void posted(UUID tenant, UUID delivery) {
    update(
        tenant,
        "update helpdesk_delivery set posted = posted + 1, attempts = 0 where id = ?",
        delivery);
  }

  void postpone(UUID tenant, UUID delivery, Instant until) {
    update(
        tenant,
        "update helpdesk_delivery set due_at = ? where id = ?",
        until.atOffset(ZoneOffset.UTC),
        delivery);
  }

  /** Ends the work on a delivery, in the transaction that holds its conversation. */
  static void finish(Connection connection, UUID delivery, String state, String result)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "update helpdesk_delivery set state = ?, result = ? where id = ?")) {
      bind(statement, state, result, delivery);
      statement.executeUpdate();
    }
  }

  /** Where the conversation stands after a plan was carried out, in the same transaction. */
  static void remember(Connection connection, Taken taken, Plan plan) throws SQLException {
    var sql =
        """
        update helpdesk_conversation
        set conversation_id = coalesce(?, conversation_id),
            silent_since = case when ? then now() when ? then null else silent_since end,
            silent_reason = coalesce(?, silent_reason)
        where channel_id = ? and external_id = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      bind(
          statement,
          plan.conversation().orElse(null),
          plan.handOff().isPresent(),
          plan.givenBack(),
          plan.handOff().map(HandoffReason::toString).orElse(null),
          taken.channel(),
          taken.conversation());
      statement.executeUpdate();
    }
  }

  private void update(UUID tenant, String sql, Object... values) {
    connections.call(
        tenant,
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
          }
        });
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
