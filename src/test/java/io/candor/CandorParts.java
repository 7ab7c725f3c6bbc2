package io.candor;

import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;

/**
 * The real PostgreSQL and Kafka for a {@code @QuarkusTest}, on a new folder, started once for all
 * tests of a JVM.
 */
public final class CandorParts implements QuarkusTestResourceLifecycleManager {
  // a system property, because tests with other profiles load this class again
  private static final String STARTED = "candor.test.parts";

  @Override
  public Map<String, String> start() {
    return configuration();
  }

  /** The configuration of the running parts; starts them on the first call. */
  public static Map<String, String> configuration() {
    synchronized (System.class) {
      Properties configuration = new Properties();
      try {
        String started = System.getProperty(STARTED);
        if (started == null) {
          configuration.putAll(startParts());
          StringWriter text = new StringWriter();
          configuration.store(text, null);
          System.setProperty(STARTED, text.toString());
        } else {
          configuration.load(new StringReader(started));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Map<String, String> result = new HashMap<>();
      configuration.forEach((key, value) -> result.put((String) key, (String) value));
      return result;
    }
  }

  /** The same, with the tables there: for tests without a server, which migrates by itself. */
  public static Map<String, String> migrated() {
    Map<String, String> parts = configuration();
    Flyway.configure()
        .dataSource(
            parts.get("quarkus.datasource.jdbc.url"),
            parts.get("quarkus.flyway.username"),
            parts.get("quarkus.flyway.password"))
        .load()
        .migrate();
    return parts;
  }

  /**
   * A connection of the role of {@code quarkus.datasource}, or of the owner, {@code
   * quarkus.flyway}.
   */
  public static Connection connect(String prefix) throws SQLException {
    Map<String, String> parts = configuration();
    return DriverManager.getConnection(
        parts.get("quarkus.datasource.jdbc.url"),
        parts.get(prefix + ".username"),
        parts.get(prefix + ".password"));
  }

  private static Map<String, String> startParts() throws IOException {
    CandorHome installed = CandorHome.locate();
    EmbeddedParts.setUp(installed, System.out);
    Path folder = openTemporaryFolder();
    EmbeddedParts parts = EmbeddedParts.start(installed, new CandorHome(folder));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              parts.close();
              delete(folder);
            }));
    return parts.configuration();
  }

  /** A new folder that PostgreSQL's own user can reach when the tests run as root. */
  public static Path openTemporaryFolder() throws IOException {
    return Files.createTempDirectory(
        "candor-test",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  /** Deletes a folder with everything in it. */
  public static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // the parts serve the next test too; they end with the JVM
  }
}
