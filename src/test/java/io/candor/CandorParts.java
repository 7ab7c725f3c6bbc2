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
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

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
