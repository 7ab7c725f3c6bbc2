package io.candor.cli;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "migrate",
    description = {
      "Brings the database up to date, as CANDOR_DB_OWNER; with --wait, waits as CANDOR_DB_USER",
      "until somebody else has. A server does it itself when it starts, unless",
      "QUARKUS_FLYWAY_MIGRATE_AT_START is false."
    },
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String MAY_WAIT = "grant select on flyway_schema_history to candor_app";

  @Option(names = "--wait", description = "change nothing")
  private boolean wait;

  @Option(
      names = "--patience",
      defaultValue = "PT30S",
      paramLabel = "PT15M",
      description = "how long a database that is not there yet is tried (default: PT30S)")
  private Duration patience;

  @Override
  public Integer call() throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        if (wait ? isCurrent() : migrated()) {
          return 0;
        }
        give(deadline, "the database is not up to date", null);
      } catch (FlywayException e) {
        give(deadline, e.getMessage().lines().findFirst().orElse("Flyway failed"), e);
      }
      Thread.sleep(PAUSE);
    }
  }

  private void give(long deadline, String reason, FlywayException cause) {
    if (System.nanoTime() > deadline) {
      throw new CommandFailure("%s after %s".formatted(reason, patience), cause);
    }
  }

  private static boolean migrated() {
    Flyway flyway = flyway("quarkus.flyway");
    int applied = flyway.migrate().migrationsExecuted;
    try (var connection = flyway.getConfiguration().getDataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(MAY_WAIT);
    } catch (SQLException e) {
      throw new FlywayException("cannot let candor_app see what was applied", e);
    }
    System.out.printf("up to date; %d migrations applied%n", applied);
    return true;
  }

  /** A database that is ahead belongs to a later release, and serves this one too. */
  private static boolean isCurrent() {
    var info = flyway("quarkus.datasource").info();
    return info.applied().length > 0 && info.pending().length == 0;
  }

  private static Flyway flyway(String role) {
    var config = ConfigProvider.getConfig();
    return Flyway.configure()
        .dataSource(
            config.getValue("quarkus.datasource.jdbc.url", String.class),
            config.getValue(role + ".username", String.class),
            config.getValue(role + ".password", String.class))
        .load();
  }
}
