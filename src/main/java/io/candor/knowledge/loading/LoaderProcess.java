package io.candor.knowledge.loading;

import io.candor.knowledge.loading.LoadedFile.Refused;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads files that may be hostile, in a JVM of their own: it has its own memory, and is killed when
 * a file takes too long, so that no file can take the server or the command with it. Used by the
 * documents API's import and by {@code ./candor ingest}, by one thread at a time.
 */
public final class LoaderProcess implements AutoCloseable {
  private static final int OUT_OF_MEMORY = 3;
  private static final String PACKAGED = "quarkus-run.jar";

  private final LoadLimits limits;
  private Process process;
  private BufferedReader answers;
  private Writer requests;

  /** The process starts with the first file. */
  public LoaderProcess(LoadLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a file.
   *
   * @param name what it is called, which tells its type
   * @param key of its document, unless it names one itself; the rows of a list have keys below it
   */
  public LoadedFile load(Path file, String name, String key) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Refused("it is no regular file");
    }
    long size = Files.size(file);
    if (size == 0 || size > limits.bytes()) {
      return new Refused(
          size == 0
              ? "it is empty"
              : "it has %,d bytes; %,d are allowed".formatted(size, limits.bytes()));
    }
    start();
    return ask(LoaderWorker.request(file.toAbsolutePath(), name, key));
  }

  private LoadedFile ask(String request) throws IOException {
    var asked = process;
    var answered = new CompletableFuture<Void>();
    var alarm =
        answered
            .orTimeout(limits.time().toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, late) -> {
              if (late != null) {
                asked.destroyForcibly();
              }
            });
    String answer = null;
    try {
      requests.write(request + "\n");
      requests.flush();
      answer = answers.readLine();
    } catch (IOException e) {
      // The process died; its exit code says why.
    }
    answered.complete(null);
    // A JVM that runs out of memory says so where answers are expected.
    return answer != null && answer.startsWith("{")
        ? LoaderWorker.read(answer)
        : died(alarm.isCompletedExceptionally());
  }

  private LoadedFile died(boolean late) {
    // A JVM that ran out of memory says so first, and then exits with the code for it.
    process.onExit().completeOnTimeout(process, 2, TimeUnit.SECONDS).join();
    int code = process.destroyForcibly().onExit().join().exitValue();
    process = null;
    if (late) {
      return new Refused("reading it takes more than %d s".formatted(limits.time().toSeconds()));
    }
    return new Refused(
        code == OUT_OF_MEMORY
            ? "reading it takes more than %d MB of memory".formatted(limits.megabytes())
            : "reading it ended the reader (exit code %d)".formatted(code));
  }

  private void start() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(limits.megabytes()),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-cp",
                classPath(),
                LoaderWorker.class.getName())
            .redirectError(Redirect.DISCARD)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * The application's, for a JVM of its own. As packaged, the application and its libraries lie in
   * folders beside the jar that starts it.
   */
  public static String classPath() {
    var classPath = System.getProperty("java.class.path");
    if (!classPath.endsWith(PACKAGED)) {
      return classPath;
    }
    var home = Path.of(classPath).toAbsolutePath().getParent();
    return String.join(
        File.pathSeparator, List.of(home + "/app/*", home + "/lib/main/*", home + "/lib/boot/*"));
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
