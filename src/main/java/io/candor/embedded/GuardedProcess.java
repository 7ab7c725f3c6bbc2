package io.candor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A child process that never outlives this JVM, however this JVM ends: a small shell holds a pipe
 * from here and stops the child in an orderly way when the pipe closes, which the operating system
 * does even after {@code kill -9}.
 */
public final class GuardedProcess {
  // async children of a shell read /dev/null, hence descriptor 3; INT and HUP concern only this JVM
  private static final String GUARD =
      """
      trap '' INT HUP
      signal=$1; shift
      exec 3<&0
      "$@" 3<&- </dev/null &
      child=$!
      { read -r _ <&3; kill -s "$signal" "$child"; } 2>/dev/null &
      watch=$!
      exec 3<&-
      wait "$child"; code=$?
      kill "$watch" 2>/dev/null
      exit "$code"
      """;

  private static final Duration STEP = Duration.ofMillis(10);

  private final Process guard;

  private GuardedProcess(Process guard) {
    this.guard = guard;
  }

  /**
   * Starts the command in a session of its own, so that Ctrl-C in a terminal reaches only this JVM.
   *
   * @param stopSignal the signal that ends the command in an orderly way, as {@code kill -s} takes
   * @param log gets what the command prints
   */
  public static GuardedProcess start(
      List<String> command, String stopSignal, Path log, Map<String, String> environment)
      throws IOException {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      line.add("/usr/bin/setsid");
    }
    line.addAll(List.of("sh", "-c", GUARD, "candor-guard", stopSignal));
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new GuardedProcess(builder.start());
  }

  /** The guarded command itself, once the guard has started it. */
  public Optional<ProcessHandle> child() {
    Optional<String> shell = guard.info().command();
    return guard.children().filter(c -> !c.info().command().equals(shell)).findFirst();
  }

  public boolean isAlive() {
    return guard.isAlive();
  }

  CompletableFuture<Process> onExit() {
    return guard.onExit();
  }

  /**
   * Closes the pipe and waits until the child is gone, and with it what it guards itself, which may
   * end a moment later; past the limit they are killed.
   */
  public void stop(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    List<ProcessHandle> started = guard.descendants().toList();
    try {
      guard.getOutputStream().close();
      while (guard.isAlive() || started.stream().anyMatch(ProcessHandle::isAlive)) {
        if (System.nanoTime() > deadline) {
          kill(started);
          return;
        }
        Thread.sleep(STEP);
      }
    } catch (IOException e) {
      kill(started);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill(List<ProcessHandle> started) {
    guard.descendants().forEach(ProcessHandle::destroyForcibly);
    started.forEach(ProcessHandle::destroyForcibly);
    guard.destroyForcibly();
  }
}
