package io.candor.security;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * Runs work in a database transaction that row-level security confines to one tenant. Everything
 * that touches tenant-owned rows goes through here; outside, the application's role sees no row.
 */
@ApplicationScoped
public class TenantTransaction {
  private final DataSource database;

  TenantTransaction(DataSource database) {
    this.database = database;
  }

  /** The work's result, after a commit; a failure rolls back and is thrown on. */
  public <T> T call(UUID tenant, Callable<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          confineTo(tenant);
          return work.call();
        });
  }

  /** Like {@link #call} for work without a result. */
  public void run(UUID tenant, Runnable work) {
    call(
        tenant,
        () -> {
          work.run();
          return null;
        });
  }

  /** Ends with the transaction, so that the pooled connection carries nothing on. */
  private void confineTo(UUID tenant) throws SQLException {
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement("select set_config('candor.tenant', ?, true)")) {
      statement.setString(1, tenant.toString());
      statement.execute();
    }
  }
}
