package io.candor.embedded;

import io.candor.serving.ModelConverter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/** PostgreSQL, Kafka and the default model of this machine, for {@code demo} and the tests. */
public final class EmbeddedParts implements AutoCloseable {
  /** The system property for PostgreSQL's shared buffers, where the usual ones are too few. */
  public static final String SHARED_BUFFERS = "candor.embedded.shared-buffers";

  private static final long MODEL_BYTES = 280_000_000;

  // held here: the lock is gone when its channel is collected
  private final FileLock lock;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final Map<String, String> configuration = new HashMap<>();

  private EmbeddedParts(FileLock lock, EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    this.lock = lock;
    this.postgres = postgres;
    this.kafka = kafka;
  }

  /** Fetches what is missing; a second call finds everything there and returns at once. */
  public static void setUp(CandorHome home, PrintStream out) {
    Parts parts = new Parts(home);
    parallel(() -> parts.fetch(out), () -> MavenJars.broker(home).fetch(out));
    convertModel(home, parts, out);
  }

  private static void convertModel(CandorHome home, Parts parts, PrintStream out) {
    Path model = model(home);
    try (FileChannel oneAtATime = home.open("setup.lock")) {
      oneAtATime.lock();
      if (!Files.exists(model)) {
        out.println("converting the model to 8-bit weights, which this machine computes fastest");
        Files.createDirectories(home.models());
        Disk.require(home.models(), MODEL_BYTES);
        ModelConverter.toQ8(parts.llama(), parts.model(), model);
      }
    } catch (IOException e) {
      throw Parts.failure("the model", e);
    }
  }

  /** The default model in the form that runs fastest without loss. */
  public static Path model(CandorHome home) {
    return home.models().resolve("SmolLM2-135M-Instruct-Q8_0.gguf");
  }

  /** Files of set-up parts that are missing or were changed, one line each. */
  public static List<String> damage(CandorHome home) {
    List<String> damage = new ArrayList<>(new Parts(home).damage());
    damage.addAll(Manifest.damage(MavenJars.broker(home).folder()));
    return damage;
  }

  /** Starts everything on the home's own data. */
  public static EmbeddedParts start(CandorHome home) {
    return start(home, home);
  }

  /**
   * Starts everything in parallel and returns when it answers.
   *
   * @param installed where the parts were set up
   * @param owner whose data they run on, locked until this JVM ends
   */
  public static EmbeddedParts start(CandorHome installed, CandorHome owner) {
    FileLock lock = owner.lock();
    Parts parts = new Parts(installed);
    MavenJars jars = MavenJars.broker(installed);
    var postgres = new CompletableFuture<EmbeddedPostgres>();
    var kafka = new CompletableFuture<EmbeddedKafka>();
    try {
      parallel(
          () -> complete(postgres, () -> EmbeddedPostgres.start(parts, owner)),
          () -> complete(kafka, () -> EmbeddedKafka.start(jars, owner)));
    } catch (RuntimeException e) {
      postgres.thenAccept(EmbeddedPostgres::close);
      kafka.thenAccept(EmbeddedKafka::close);
      release(lock);
      throw e;
    }
    return new EmbeddedParts(lock, postgres.join(), kafka.join())
        .configure(parts, model(installed));
  }

  private EmbeddedParts configure(Parts parts, Path model) {
    EmbeddedDatabase database = postgres.database();
    configuration.put("quarkus.datasource.jdbc.url", database.url());
    configuration.put("quarkus.datasource.username", "candor_app");
    configuration.put("quarkus.datasource.password", database.passwords().app());
    configuration.put("quarkus.flyway.username", "candor_owner");
    configuration.put("quarkus.flyway.password", database.passwords().owner());
    configuration.put("candor.kafka.bootstrap-servers", kafka.bootstrapServers());
    configuration.put("candor.serving.llama-library-path", parts.llama().toString());
    configuration.put("candor.serving.model", model.toString());
    return this;
  }

  private interface Starting<T> {
    T run() throws IOException, InterruptedException;
  }

  private static <T> void complete(CompletableFuture<T> future, Starting<T> starting) {
    try {
      future.complete(starting.run());
    } catch (IOException e) {
      throw Parts.failure("the embedded parts", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SetupFailure("Interrupted while starting the embedded parts.", e);
    }
  }

  private static void parallel(Runnable... tasks) {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<?>[] all = new CompletableFuture<?>[tasks.length];
      for (int i = 0; i < tasks.length; i++) {
        all[i] = CompletableFuture.runAsync(tasks[i], pool);
      }
      CompletableFuture.allOf(all).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** Quarkus properties that point the server at these parts. */
  public Map<String, String> configuration() {
    return Map.copyOf(configuration);
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  /** Stops both in an orderly way; their data stays. */
  @Override
  public void close() {
    parallel(postgres::close, kafka::close);
    release(lock);
  }

  private static void release(FileLock lock) {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
