package io.candor.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database as the role that owns it, which the administration commands need. */
final class OwnerConnection {
  private OwnerConnection() {}

  static Connection open() {
    ClientSettings.Database database = ClientSettings.find().database();
    String url = ClientSettings.require(database.url(), "CANDOR_DB_URL");
    try {
      return DriverManager.getConnection(url, database.owner(), database.password());
    } catch (SQLException e) {
      throw new CommandFailure(
          "No database at %s (%s): check CANDOR_DB_URL, CANDOR_DB_OWNER, CANDOR_DB_OWNER_PASSWORD."
              .formatted(url, e.getMessage().lines().findFirst().orElse("no reason given")),
          e);
    }
  }
}
