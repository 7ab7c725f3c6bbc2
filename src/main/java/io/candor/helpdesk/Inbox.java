package io.candor.helpdesk;

import io.candor.helpdesk.vendor.Delivery;
import io.candor.helpdesk.vendor.Event;
import io.candor.helpdesk.vendor.Inbound;
import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Takes what helpdesks send: checked, and kept before it is acknowledged, so that it is answered
 * whatever happens. Used by {@link HookResource}.
 */
@ApplicationScoped
class Inbox {
  private final Channels channels;
  private final TenantConnections connections;
  private final HelpdeskConfig config;
  private final Clock clock;
  private final Wakeup wakeup;

  Inbox(
      Channels channels,
      TenantConnections connections,
      HelpdeskConfig config,
      Clock clock,
      Wakeup wakeup) {
    this.channels = channels;
    this.connections = connections;
    this.config = config;
    this.clock = clock;
    this.wakeup = wakeup;
  }

  /** Keeps a delivery to a channel, once. */
  Receipt receive(String vendor, UUID id, Delivery delivery) {
    var channel = channels.at(id).filter(found -> found.vendor().toString().equals(vendor));
    if (channel.isEmpty()) {
      return new Receipt.Unknown();
    }
    var receipt = receive(channel.get(), delivery);
    if (receipt instanceof Receipt.Stored) {
      wakeup.signal();
    }
    return receipt;
  }

  private Receipt receive(Channel channel, Delivery delivery) {
    var now = clock.instant();
    var inbound = channel.vendor().inbound();
    var account = channel.account();
    var clocked = new Inbound.Clocked(now, config.tolerance());
    if (channel.credentials().secrets().goodAt(now).stream()
        .noneMatch(secret -> inbound.isAuthentic(delivery, account, secret, clocked))) {
      return new Receipt.Forged();
    }
    try {
      return switch (inbound.read(delivery.body(), account, now)) {
        case Event.Ping() -> new Receipt.Pong();
        case Event.InConversation event ->
            connections.callOnce(connection -> store(connection, channel, event, delivery, now));
      };
    } catch (IllegalArgumentException e) {
      return new Receipt.Malformed(e.getMessage());
    }
  }

  private Receipt store(
      Connection connection,
      Channel channel,
      Event.InConversation event,
      Delivery delivery,
      Instant now)
      throws SQLException {
    var place = event.place();
    boolean isNothing = event instanceof Event.Nothing;
    try (var statement =
        connection.prepareStatement(
            "select keep_helpdesk_delivery(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setObject(1, channel.tenant());
      statement.setObject(2, channel.id());
      statement.setString(3, place.delivery());
      statement.setString(4, place.conversation());
      statement.setString(5, event instanceof Event.Said said ? said.message() : null);
      statement.setBytes(6, delivery.body());
      statement.setObject(7, time(place.at()));
      statement.setString(8, isNothing ? "done" : "received");
      statement.setObject(9, time(now.plus(config.settle())));
      statement.setString(10, event instanceof Event.Nothing nothing ? nothing.reason() : null);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1) ? new Receipt.Stored() : new Receipt.Repeated();
      }
    }
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A test event, as if the helpdesk had sent it. */
  Receipt test(Channel channel) {
    var now = clock.instant();
    var secret = channel.credentials().secrets().goodAt(now).getFirst();
    var delivery = channel.vendor().inbound().test(channel.account(), secret, now);
    return receive(channel.vendor().toString(), channel.id(), delivery);
  }
}
