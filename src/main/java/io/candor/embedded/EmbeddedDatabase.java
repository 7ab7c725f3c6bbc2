package io.candor.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Candor's database in the embedded server: an owner for the migrations, and an application role
 * that owns nothing, so that row-level security binds it.
 */
record EmbeddedDatabase(int port, Passwords passwords) {
  String url() {
    return url("candor");
  }

  private String url(String name) {
    return "jdbc:postgresql://%s:%d/%s".formatted(Loopback.HOST, port, name);
  }

  Connection connect(String user, String password, String name) throws SQLException {
    return DriverManager.getConnection(url(name), user, password);
  }

  private Connection connectAsSuperuser(String name) throws SQLException {
    return connect("postgres", passwords.postgres(), name);
  }

  boolean answers() {
    try (Connection connection = connectAsSuperuser("postgres")) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Makes roles, database and extensions where they are missing; changes nothing the next time. */
  void prepare() throws SQLException {
    try (Connection connection = connectAsSuperuser("postgres");
        Statement sql = connection.createStatement()) {
      createRole(sql, "candor_owner", passwords.owner());
      createRole(sql, "candor_app", passwords.app());
      if (!exists(sql, "SELECT 1 FROM pg_database WHERE datname = 'candor'")) {
        sql.execute("CREATE DATABASE candor OWNER candor_owner");
        sql.execute("REVOKE ALL ON DATABASE candor FROM PUBLIC");
        sql.execute("GRANT CONNECT ON DATABASE candor TO candor_app");
      }
    }
    try (Connection connection = connectAsSuperuser("candor");
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE EXTENSION IF NOT EXISTS vector");
    }
  }

  private static void createRole(Statement sql, String role, String password) throws SQLException {
    if (!exists(sql, "SELECT 1 FROM pg_roles WHERE rolname = '%s'".formatted(role))) {
      // generated in URL-safe Base64: nothing to quote
      sql.execute("CREATE ROLE %s LOGIN NOBYPASSRLS PASSWORD '%s'".formatted(role, password));
    }
  }

  private static boolean exists(Statement sql, String query) throws SQLException {
    try (var rows = sql.executeQuery(query)) {
      return rows.next();
    }
  }
}
