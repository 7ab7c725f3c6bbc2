package io.candor.cli;

import io.candor.audit.AnswerLog;
import io.candor.knowledge.EmbeddingAdministration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code ./candor doctor} asks of the database, as the role that owns it. */
final class DatabaseChecks {
  private DatabaseChecks() {}

  static String vectors() throws SQLException {
    try (var connection = OwnerConnection.open();
        var sql = connection.createStatement();
        var rows =
            sql.executeQuery("select extversion from pg_extension where extname = 'vector'")) {
      DoctorCommand.require(
          rows.next(), "pgvector is missing: run CREATE EXTENSION vector as a superuser.");
      return "reachable, pgvector " + rows.getString(1);
    }
  }

  /** A model that is being filled is no fault: the one before it searches on. */
  static String embedding() throws SQLException {
    try (var connection = OwnerConnection.open()) {
      var models = EmbeddingAdministration.list(connection);
      var active = named(models, "active");
      var filling = named(models, "filling");
      DoctorCommand.require(
          !active.isEmpty(), "no model's vectors are searched: start the server once.");
      return active + " searches" + (filling.isEmpty() ? "" : ", " + filling + " is being filled");
    }
  }

  private static String named(List<EmbeddingAdministration.Stored> models, String state) {
    return String.join(
        ", ", models.stream().filter(m -> m.state().equals(state)).map(m -> m.name()).toList());
  }

  /** Whether every tenant's answers are as they were recorded. */
  static String answers() throws SQLException {
    try (var connection = OwnerConnection.open()) {
      connection.setAutoCommit(false);
      var tenants = tenants(connection);
      for (var tenant : tenants.entrySet()) {
        confine(connection, tenant.getKey());
        var broken = AnswerLog.firstBroken(connection);
        DoctorCommand.require(
            broken.isEmpty(),
            "the chain of %s breaks at answer %s: that row or one before it was altered or removed."
                .formatted(tenant.getValue(), broken.orElse(null)));
      }
      return "the hash chains of %d tenants are whole".formatted(tenants.size());
    }
  }

  private static Map<String, String> tenants(Connection connection) throws SQLException {
    var tenants = new LinkedHashMap<String, String>();
    try (var sql = connection.createStatement();
        var rows = sql.executeQuery("select id, name from tenant order by name")) {
      while (rows.next()) {
        tenants.put(rows.getString("id"), rows.getString("name"));
      }
    }
    return tenants;
  }

  /** The owner is held by row-level security too. */
  private static void confine(Connection connection, String tenant) throws SQLException {
    try (var statement =
        connection.prepareStatement("select set_config('candor.tenant', ?, true)")) {
      statement.setString(1, tenant);
      statement.execute();
    }
  }
}
