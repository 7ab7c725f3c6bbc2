package io.candor.knowledge;

import io.candor.security.TenantTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Opens database transactions that see one tenant's rows, and commits or rolls back. */
interface Transactions {
  <T> T call(UUID tenant, Work<T> work);

  /** What is done in a transaction, over its connection. */
  interface Work<T> {
    T over(Connection connection) throws SQLException;
  }

  /** The server's. */
  @ApplicationScoped
  class Pooled implements Transactions {
    private final TenantTransaction transaction;
    private final DataSource database;

    Pooled(TenantTransaction transaction, DataSource database) {
      this.transaction = transaction;
      this.database = database;
    }

    @Override
    public <T> T call(UUID tenant, Work<T> work) {
      return transaction.call(
          tenant,
          () -> {
            try (var connection = database.getConnection()) {
              return work.over(connection);
            }
          });
    }
  }
}
