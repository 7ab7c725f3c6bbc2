package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.security.Administration;
import io.candor.security.Scope;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The server with the demo company in it: a tenant, its key, its documents, its voice. */
public final class DemoApplication implements QuarkusApplication {
  static final String TENANT = "demo";
  static final String READY = "Candor is ready";

  @Override
  public int run(String... args) throws Exception {
    ClientSettings settings = settings(ConfigProvider.getConfig());
    settings.save(CandorHome.locate());
    DemoDocuments.load(settings, System.out);
    DemoVoice.load(settings, System.out);
    analyze(settings.database());
    System.out.printf(
        """

        %4$s after %3$.1f s
          the help page   %1$s/
          plain and tuned %1$s/voice
          the API         %1$s/q/openapi (key in %2$s)
          try             ./candor ask "How long do I have to return something?"
        Ctrl-C stops it
        """,
        settings.url(), ClientSettings.file(CandorHome.locate()), sinceStart(), READY);
    Quarkus.waitForExit();
    return 0;
  }

  private static double sinceStart() {
    return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
  }

  private static ClientSettings settings(Config config) throws SQLException, IOException {
    String url = "http://localhost:" + config.getValue("quarkus.http.port", String.class);
    String database = config.getValue("quarkus.datasource.jdbc.url", String.class);
    String owner = config.getValue("quarkus.flyway.username", String.class);
    String password = config.getValue("quarkus.flyway.password", String.class);
    try (Connection connection = DriverManager.getConnection(database, owner, password)) {
      Administration.createTenant(connection, TENANT);
      Administration.allowOrigins(
          connection, TENANT, Set.of(url, url.replace("localhost", "127.0.0.1")));
      String key = key(connection, ClientSettings.saved(CandorHome.locate()).key());
      return new ClientSettings(
          url,
          key,
          TENANT,
          config.getValue("candor.kafka.bootstrap-servers", String.class),
          new ClientSettings.Database(database, owner, password));
    }
  }

  /** The planner should know of what was loaded before the first question, not a minute later. */
  private static void analyze(ClientSettings.Database database) throws SQLException {
    try (Connection owner =
            DriverManager.getConnection(database.url(), database.owner(), database.password());
        var statement = owner.createStatement()) {
      statement.execute("analyze");
    }
  }

  /** A fixed key, else the one of the last start, else a new one. */
  private static String key(Connection connection, String saved) throws SQLException {
    String fixed = System.getenv().getOrDefault("CANDOR_DEMO_KEY", saved);
    Set<Scope> all = EnumSet.allOf(Scope.class);
    if (fixed.isEmpty()) {
      return Administration.createKey(connection, TENANT, all);
    }
    Administration.setKey(connection, TENANT, fixed, all);
    return fixed;
  }
}
