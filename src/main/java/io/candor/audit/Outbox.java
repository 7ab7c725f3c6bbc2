package io.candor.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Messages that go to Kafka if, and only if, the transaction that adds them commits; {@link
 * OutboxRelay} sends them, each at least once.
 */
@ApplicationScoped
public class Outbox {
  private final DataSource database;

  Outbox(DataSource database) {
    this.database = database;
  }

  /** Adds a message in the tenant transaction that is under way. */
  public void add(String topic, String key, String json) {
    try (var connection = database.getConnection()) {
      add(connection, topic, key, json);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the outbox", e);
    }
  }

  /** Like {@link #add(String, String, String)}, over the transaction's own connection. */
  public static void add(Connection connection, String topic, String key, String json)
      throws SQLException {
    var sql =
        """
        insert into outbox (tenant_id, topic, key, value)
        select id, ?, name || '/' || ?, ?
        from tenant
        where id = current_tenant()
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, topic);
      statement.setString(2, key);
      statement.setString(3, json);
      statement.executeUpdate();
    }
  }
}
