package io.candor.helpdesk;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.candor.helpdesk.vendor.Vendor;
import io.candor.helpdesk.wire.Json;
import io.candor.helpdesk.wire.TenantConnections;
import io.candor.helpdesk.wire.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The tenants' channels, in the database, their credentials sealed. */
@ApplicationScoped
class Channels {
  private static final String COLUMNS =
      "select id, tenant_id, name, vendor, mode, settings, sealed from helpdesk_channel ";

  /** For how long a change by another replica may go unnoticed here. */
  private static final Duration RECENT = Duration.ofSeconds(5);

  /** A channel in use is read again beside a delivery, which does not wait for it. */
  private static final Duration REFRESHED = Duration.ofSeconds(2);

  private static final int MOST_RECENT = 10_000;

  private final TenantConnections connections;
  private final Vault vault;
  private final LoadingCache<UUID, Channel> recent =
      Caffeine.newBuilder()
          .maximumSize(MOST_RECENT)
          .refreshAfterWrite(REFRESHED)
          .expireAfterWrite(RECENT)
          .executor(Thread::startVirtualThread)
          .build(id -> read(id).orElse(null));

  Channels(TenantConnections connections, Vault vault) {
    this.connections = connections;
    this.vault = vault;
  }

  /** The channel of that id, whoever's it is; as it was a moment ago. */
  Optional<Channel> at(UUID id) {
    return Optional.ofNullable(recent.get(id));
  }

  private Optional<Channel> read(UUID id) {
    return owner(id).flatMap(tenant -> connections.call(tenant, c -> find(c, id)));
  }

  private Optional<UUID> owner(UUID channel) {
    return connections.call(connection -> {
      try (var statement = connection.prepareStatement("select * from helpdesk_tenant(?)")) {
        statement.setObject(1, channel);
        try (var rows = statement.executeQuery()) {
          return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
        }
      }
    });
  }

  /** The channel, within a transaction that is confined to its tenant. */
  Optional<Channel> find(Connection connection, UUID id) throws SQLException {
    try (var statement = connection.prepareStatement(COLUMNS + "where id = ?")) {
      statement.setObject(1, id);
      return read(statement.executeQuery()).stream().findFirst();
    }
  }

  Optional<Channel> named(UUID tenant, String name) {
    return list(tenant).stream().filter(channel -> channel.name().equals(name)).findFirst();
  }

  List<Channel> list(UUID tenant) {
    return connections.call(
        tenant,
        connection -> {
          try (var statement = connection.prepareStatement(COLUMNS + "order by name")) {
            return read(statement.executeQuery());
          }
        });
  }

  /** Stores a channel that is new, or as it is now; false where another has its name. */
  boolean save(Channel channel) {
    recent.invalidate(channel.id());
    var sql =
        """
        insert into helpdesk_channel (id, tenant_id, name, vendor, mode, settings, sealed)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (tenant_id, name) do update
        set mode = excluded.mode, settings = excluded.settings, sealed = excluded.sealed
        where helpdesk_channel.id = excluded.id
        """;
    return connections.call(
        channel.tenant(),
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, channel.id());
            statement.setObject(2, channel.tenant());
            statement.setString(3, channel.name());
            statement.setString(4, channel.vendor().toString());
            statement.setString(5, channel.mode().name().toLowerCase(Locale.ROOT));
            statement.setString(6, Json.write(channel.settings()));
            statement.setBytes(7, vault.seal(Json.write(channel.credentials()), channel.id()));
            return statement.executeUpdate() == 1;
          }
        });
  }

  void delete(Channel channel) {
    recent.invalidate(channel.id());
    connections.call(
        channel.tenant(),
        connection -> {
          try (var statement =
              connection.prepareStatement("delete from helpdesk_channel where id = ?")) {
            statement.setObject(1, channel.id());
            return statement.executeUpdate();
          }
        });
  }

  private List<Channel> read(ResultSet rows) throws SQLException {
    var channels = new ArrayList<Channel>();
    while (rows.next()) {
      var id = rows.getObject("id", UUID.class);
      channels.add(
          new Channel(
              id,
              rows.getObject("tenant_id", UUID.class),
              rows.getString("name"),
              Vendor.named(rows.getString("vendor")).orElseThrow(),
              Mode.valueOf(rows.getString("mode").toUpperCase(Locale.ROOT)),
              Json.read(rows.getString("settings"), ChannelSettings.class),
              Json.read(vault.open(rows.getBytes("sealed"), id), Credentials.class)));
    }
    return channels;
  }
}
