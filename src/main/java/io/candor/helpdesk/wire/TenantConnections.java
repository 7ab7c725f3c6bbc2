package io.candor.helpdesk.wire;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Database transactions over a connection of their own, whatever else the thread has under way: a
 * worker holds a conversation's lock in one while it commits what it does in others.
 */
@ApplicationScoped
public class TenantConnections {
  private final DataSource database;

  public TenantConnections(DataSource database) {
    this.database = database;
  }

  /** What is done in a transaction. */
  public interface Work<T> {
    T over(Connection connection) throws SQLException;
  }

  /** Runs work that row-level security confines to one tenant. */
  public <T> T call(UUID tenant, Work<T> work) {
    return call(connection -> {
      confine(connection, tenant);
      return work.over(connection);
    });
  }

  /** Runs work that sees no tenant's rows, unless it calls {@link #confine}. */
  public <T> T call(Work<T> work) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var result = work.over(connection);
        connection.commit();
        return result;
      } finally {
        connection.rollback(); // of nothing, after a commit
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /** Runs a single statement, which is a transaction of its own and costs one round trip. */
  public <T> T callOnce(Work<T> statement) {
    try (var connection = database.getConnection()) {
      return statement.over(connection);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private static IllegalStateException refused(SQLException e) {
    return new IllegalStateException("the database refused: " + e.getMessage(), e);
  }

  /** Confines the transaction under way to a tenant, until it ends. */
  public static void confine(Connection connection, UUID tenant) throws SQLException {
    try (var statement =
        connection.prepareStatement("select set_config('candor.tenant', ?, true)")) {
      statement.setString(1, tenant.toString());
      statement.execute();
    }
  }
}
