package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.cli.Figure.Bound;
import io.candor.cli.Figure.Unit;
import io.candor.embedded.CandorHome;
import io.candor.embedded.Disk;
import io.candor.embedded.GuardedProcess;
import io.candor.embedded.Loopback;
import io.candor.evaluation.ServerUnderTest;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new user waits for: a clone of this repository, with an empty home and empty caches, until
 * its {@code ./candor demo} has given the first cited answer.
 */
final class FreshClone {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private final PrintStream out;
  private final Path place;
  private final CandorHome home;

  /** Works in a folder of the user's home, which it removes. */
  FreshClone(CandorHome outer, PrintStream out) {
    this.out = out;
    place = outer.root().resolve("fresh-clone");
    home = new CandorHome(place.resolve("home"));
  }

  List<Figure> measure() throws IOException, InterruptedException {
    delete();
    Path repository = place.resolve("candor");
    Path log = Files.createDirectories(place).resolve("output.log");
    int port = Loopback.freePort();
    out.printf("a fresh clone, downloads included (log: %s)%n", log);
    long began = System.nanoTime();
    run("git", "clone", "--quiet", "--no-local", repository().toString(), repository.toString());
    List<String> command =
        List.of(repository.resolve("candor").toString(), "demo", "--port", String.valueOf(port));
    GuardedProcess demo = GuardedProcess.start(command, "TERM", log, emptyCaches());
    double seconds;
    try {
      Waiting waiting = new Waiting(demo, LIMIT, log);
      waiting.until(() -> Files.exists(ClientSettings.file(home)));
      waiting.until(() -> isAnswering(ClientSettings.saved(home)));
      seconds = (System.nanoTime() - began) / 1e9;
    } finally {
      demo.stop(STOP_LIMIT);
    }
    delete();
    return List.of(
        new Figure(
            "fresh clone",
            seconds,
            Unit.SECONDS,
            Bound.AT_MOST,
            300,
            "until the first cited answer, with everything fetched and built"));
  }

  private void delete() throws IOException {
    home.deleteData();
    Disk.delete(place);
  }

  private static boolean isAnswering(ClientSettings settings) {
    try (ServerUnderTest server = new ServerUnderTest(URI.create(settings.url()), settings.key())) {
      JsonNode answer = server.ask("How long do I have to return something?");
      return !answer.path("citations").isEmpty();
    }
  }

  private Map<String, String> emptyCaches() {
    Path caches = place.resolve("caches");
    Map<String, String> environment = new HashMap<>();
    environment.put("CANDOR_HOME", home.root().toString());
    environment.put(
        "MAVEN_OPTS",
        System.getenv().getOrDefault("MAVEN_OPTS", "")
            + " -Dmaven.repo.local="
            + caches
            + "/maven");
    environment.put("PIP_CACHE_DIR", caches + "/pip");
    environment.put("npm_config_cache", caches + "/npm");
    return environment;
  }

  /** The repository that the running jar was built in. */
  static Path repository() {
    Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    return Optional.ofNullable(jar.getParent())
        .map(Path::getParent)
        .map(Path::getParent)
        .filter(folder -> Files.exists(folder.resolve(".git")))
        .orElseThrow(() ->
            new CommandFailure("This needs the repository that the jar was built in: " + jar));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new CommandFailure("%s failed".formatted(String.join(" ", command)));
    }
  }
}
