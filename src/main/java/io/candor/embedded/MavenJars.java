package io.candor.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Jars for a process of their own, resolved by Maven into a folder off Candor's class path.
 *
 * @param name of the folder, with the version
 * @param resource what its pom and, where they are pinned, its checksums are called
 * @param bytes that the jars and what they unpack take
 */
public record MavenJars(CandorHome home, String name, String resource, long bytes) {
  /** The Kafka broker's. */
  static MavenJars broker(CandorHome home) {
    return new MavenJars(home, "kafka-4.1.1", "broker", 50_000_000);
  }

  /**
   * libtorch with its Java interface and Intel's MKL, which tuning computes with.
   *
   * @throws SetupFailure on machines for which none is pinned
   */
  public static MavenJars libtorch(CandorHome home) {
    if (!Part.thisPlatform().equals("linux-x64")) {
      throw new SetupFailure(
          "The trainer runs on linux-x64, not on %s: train in a container on such a machine, and import the adapter."
              .formatted(Part.thisPlatform()));
    }
    return new MavenJars(home, "libtorch-2.10.0", "libtorch", 1_100_000_000);
  }

  /** The folder with the jars, once they are fetched. */
  public Path folder() {
    return home.parts().resolve(name);
  }

  /** Fetches them if they are not there. */
  public void fetch(PrintStream out) {
    if (Files.isDirectory(folder())) {
      return;
    }
    long began = System.nanoTime();
    Path staging = Parts.staging(home, name);
    out.println("fetching %s through Maven, up to %d MB".formatted(name, bytes / 1_000_000));
    try {
      try {
        Path jars = Files.createDirectories(staging.resolve("jars"));
        Disk.require(jars, bytes);
        resolve(staging, jars);
        check(jars);
        Manifest.write(jars);
        Parts.publish(jars, folder());
      } finally {
        Disk.delete(staging);
      }
    } catch (IOException e) {
      throw Parts.failure(name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SetupFailure("Interrupted while fetching %s: run this again.".formatted(name));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double size = Disk.size(folder()) / 1e6;
    out.println(String.format(Locale.ROOT, "fetched %s: %.1f MB in %.1f s", name, size, seconds));
  }

  private void resolve(Path staging, Path jars) throws IOException, InterruptedException {
    Path pom = staging.resolve("pom.xml");
    try (InputStream in = open("-pom.xml")) {
      Files.copy(in, pom);
    }
    Path log = Files.createDirectories(home.run()).resolve("fetch-" + name + ".log");
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
              ? Disk.FULL.formatted(name)
              : "Maven could not fetch %s: check the network; full log in %s".formatted(name, log));
    }
  }

  /** A jar that is pinned must be the pinned one, and every jar must be, where any is. */
  private void check(Path jars) throws IOException {
    try (InputStream in = open(".sha256")) {
      if (in == null) {
        return;
      }
      String pinned = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      try (Stream<Path> files = Files.list(jars)) {
        for (Path jar : (Iterable<Path>) files::iterator) {
          String line = Archive.sha256(jar) + "  " + jar.getFileName();
          if (pinned.lines().noneMatch(line::equals)) {
            throw new SetupFailure(
                "%s is not the pinned file: fetch it from a registry you trust, then run this again."
                    .formatted(jar.getFileName()));
          }
        }
      }
    }
  }

  private InputStream open(String ending) {
    return MavenJars.class.getResourceAsStream("/embedded/" + resource + ending);
  }
}
