package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.candor.embedded.GuardedProcess;
import io.candor.embedded.Loopback;
import io.candor.evaluation.ServerUnderTest;
import io.candor.security.Administration;
import io.candor.security.Scope;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * A {@code candor demo} that a command starts for itself, as a child process with data of its own
 * below the user's home; it ends with this JVM, however this JVM ends.
 */
final class OwnServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private final CandorHome home;
  private final PrintStream out;
  private final Map<String, String> settings;
  private final boolean isNew;
  private boolean keep;
  private GuardedProcess process;

  /**
   * Sets up what is missing and starts it on new data, in that folder of the user's home.
   *
   * @param keep whether to leave the data there at the end
   */
  static OwnServer onNewData(String folder, boolean keep, PrintStream out)
      throws IOException, InterruptedException {
    CandorHome home = CandorHome.locate().nested(folder);
    home.deleteData();
    return new OwnServer(home, Map.of(), keep, out);
  }

  /**
   * Starts it in that folder of the user's home on the data that are there, if there are any, and
   * leaves them there unless {@link #deleteAtEnd} is called.
   *
   * @param settings that differ from the defaults
   */
  static OwnServer in(String folder, Map<String, String> settings, PrintStream out)
      throws IOException, InterruptedException {
    return new OwnServer(CandorHome.locate().nested(folder), settings, true, out);
  }

  private OwnServer(CandorHome home, Map<String, String> settings, boolean keep, PrintStream out)
      throws IOException, InterruptedException {
    this.settings = settings;
    EmbeddedParts.setUp(CandorHome.locate(), out);
    Files.createDirectories(home.run());
    this.home = home;
    this.keep = keep;
    this.out = out;
    this.isNew = Files.notExists(home.data());
    out.printf(
        "starting a server of its own, with the demo company (log: %s)%n",
        home.run().resolve("server.log"));
    start();
  }

  /** Seconds from the process's start: until it says that it is ready, and to the first answer. */
  record Started(double ready, double firstAnswer) {}

  /** Starts it on the data that it has. */
  Started start() throws IOException, InterruptedException {
    Files.deleteIfExists(ClientSettings.file(home));
    int port = Loopback.freePort();
    Path log = home.run().resolve("output.log");
    Files.deleteIfExists(log);
    long began = System.nanoTime();
    process =
        GuardedProcess.start(
            command(port), "TERM", log, Map.of("CANDOR_HOME", home.root().toString()));
    Waiting waiting = new Waiting(process, START_LIMIT, log);
    try (ServerUnderTest anybody = new ServerUnderTest(url(port), "")) {
      waiting.until(anybody::isReady);
    }
    double ready = secondsSince(began);
    waiting.until(() -> Files.exists(ClientSettings.file(home)));
    try (ServerUnderTest demo = demo()) {
      demo.ask("How long do I have to return something?");
    }
    double firstAnswer = secondsSince(began);
    waiting.until(() -> Files.readString(log).contains(DemoApplication.READY));
    return new Started(ready, firstAnswer);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static URI url(int port) {
    return URI.create("http://localhost:" + port);
  }

  /** As the launcher starts it. */
  private List<String> command(int port) {
    String jar = System.getProperty("java.class.path");
    if (!jar.endsWith("quarkus-run.jar")) {
      throw new CommandFailure("This needs the packaged build: run it through ./candor.");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx1g");
    String options = System.getenv().getOrDefault("CANDOR_JAVA_OPTIONS", "").strip();
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split("\\s+")));
    }
    settings.forEach((key, value) -> command.add("-D%s=%s".formatted(key, value)));
    command.addAll(List.of("-jar", Path.of(jar).toAbsolutePath().toString()));
    command.addAll(List.of("demo", "--port", String.valueOf(port)));
    return command;
  }

  /** The server as the demo company. */
  ServerUnderTest demo() {
    return new ServerUnderTest(URI.create(settings().url()), settings().key());
  }

  /** The server as a new tenant of that name, without documents. */
  ServerUnderTest tenant(String name) throws SQLException {
    ClientSettings settings = settings();
    ClientSettings.Database database = settings.database();
    try (Connection owner =
        DriverManager.getConnection(database.url(), database.owner(), database.password())) {
      Administration.createTenant(owner, name);
      String key = Administration.createKey(owner, name, EnumSet.allOf(Scope.class));
      return new ServerUnderTest(URI.create(settings.url()), key);
    }
  }

  /** The brokers to bootstrap from. */
  String kafka() {
    return settings().kafka();
  }

  private ClientSettings settings() {
    return ClientSettings.saved(home);
  }

  ProcessMemory memory() throws IOException {
    ProcessHandle server =
        process.child().orElseThrow(() -> new CommandFailure("The server has ended: see its log."));
    return ProcessMemory.of(server);
  }

  /** Whether it had no data when it was first started. */
  boolean isNew() {
    return isNew;
  }

  /** Its data are needed no more once it is closed. */
  void deleteAtEnd() {
    keep = false;
  }

  /** Stops it in an orderly way and returns when it and all that it started are gone. */
  void stop() {
    process.stop(STOP_LIMIT);
  }

  @Override
  public void close() throws IOException {
    stop();
    if (keep) {
      out.println("its data are in " + home.root());
    } else {
      home.deleteData();
    }
  }
}
