package io.candor.helpdesk.webhook;

import io.candor.helpdesk.wire.Json;
import io.candor.helpdesk.wire.Secrets;
import io.candor.helpdesk.wire.TenantConnections;
import io.candor.helpdesk.wire.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tenants' endpoints, in the database, their secrets sealed. */
@ApplicationScoped
class Endpoints {
  private final TenantConnections connections;
  private final Vault vault;

  Endpoints(TenantConnections connections, Vault vault) {
    this.connections = connections;
    this.vault = vault;
  }

  List<Endpoint> list(UUID tenant) {
    return connections.call(tenant, this::read);
  }

  Optional<Endpoint> find(UUID tenant, String id) {
    return list(tenant).stream().filter(e -> e.id().toString().equals(id)).findFirst();
  }

  /** Within a transaction that is confined to the tenant. */
  List<Endpoint> read(Connection connection) throws SQLException {
    var sql =
        "select id, tenant_id, url, types, sealed, disabled from webhook_endpoint order by id";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      var all = new ArrayList<Endpoint>();
      while (rows.next()) {
        var id = rows.getObject("id", UUID.class);
        all.add(
            new Endpoint(
                id,
                rows.getObject("tenant_id", UUID.class),
                URI.create(rows.getString("url")),
                List.of((String[]) rows.getArray("types").getArray()),
                Json.read(vault.open(rows.getBytes("sealed"), id), Secrets.class),
                Optional.ofNullable(rows.getString("disabled"))));
      }
      return all;
    }
  }

  void save(Endpoint endpoint) {
    var sql =
        """
        insert into webhook_endpoint (id, tenant_id, url, types, sealed, disabled)
        values (?, ?, ?, ?, ?, ?)
        on conflict (id) do update
        set types = excluded.types, sealed = excluded.sealed, disabled = excluded.disabled
        """;
    connections.call(
        endpoint.tenant(),
        connection -> {
          var types = connection.createArrayOf("text", endpoint.types().toArray());
          var sealed = vault.seal(Json.write(endpoint.secrets()), endpoint.id());
          return update(
              connection,
              sql,
              endpoint.id(),
              endpoint.tenant(),
              endpoint.url().toString(),
              types,
              sealed,
              endpoint.disabled().orElse(null));
        });
  }

  void delete(Endpoint endpoint) {
    connections.call(
        endpoint.tenant(),
        connection ->
            update(connection, "delete from webhook_endpoint where id = ?", endpoint.id()));
  }

  /**
   * Sends a message again, from its first attempt on; false where it never was to be sent there.
   */
  boolean replay(Endpoint endpoint, UUID message) {
    var sql =
        """
        update webhook_delivery set state = 'pending', due_at = now()
        where endpoint_id = ? and message_id = ?
        """;
    return connections.call(
        endpoint.tenant(), connection -> update(connection, sql, endpoint.id(), message) == 1);
  }

  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (var statement = bind(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  static PreparedStatement bind(Connection connection, String sql, Object... values)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
