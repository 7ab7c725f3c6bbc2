package io.candor.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The Kafka broker's jars, resolved by Maven into a folder of their own, off Candor's class path.
 */
final class BrokerJars {
  private static final String NAME = "kafka-4.1.1";

  private final CandorHome home;

  BrokerJars(CandorHome home) {
    this.home = home;
  }

  Path folder() {
    return home.parts().resolve(NAME);
  }

  void fetch(Path staging, PrintStream out) {
    if (Files.isDirectory(folder())) {
      return;
    }
    long began = System.nanoTime();
    out.println("fetching " + NAME + " through Maven");
    try {
      try {
        Path jars = Files.createDirectories(staging.resolve("jars"));
        resolve(staging, jars);
        Manifest.write(jars);
        Parts.publish(jars, folder());
      } finally {
        Disk.delete(staging);
      }
    } catch (IOException e) {
      throw Parts.failure(NAME, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SetupFailure("Interrupted while fetching %s: run this again.".formatted(NAME));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double size = Disk.size(folder()) / 1e6;
    out.println(String.format(Locale.ROOT, "fetched %s: %.1f MB in %.1f s", NAME, size, seconds));
  }

  private void resolve(Path staging, Path jars) throws IOException, InterruptedException {
    Path pom = staging.resolve("pom.xml");
    try (InputStream in = BrokerJars.class.getResourceAsStream("/embedded/broker-pom.xml")) {
      Files.copy(in, pom);
    }
    Path log = Files.createDirectories(home.run()).resolve("fetch-" + NAME + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "mvn",
                    "--batch-mode",
                    "--quiet",
                    "--strict-checksums",
                    "--file=" + pom,
                    "dependency:copy-dependencies",
                    "-DoutputDirectory=" + jars))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process maven;
    try {
      maven = builder.start();
    } catch (IOException e) {
      throw new SetupFailure("Maven is missing: install it (Debian: apt-get install maven).", e);
    }
    if (maven.waitFor() != 0) {
      String text = Files.readString(log);
      throw new SetupFailure(
          text.contains("No space left")
              ? Disk.FULL.formatted(NAME)
              : "Maven could not fetch %s: check the network; full log in %s".formatted(NAME, log));
    }
  }
}
