package io.candor.cli;

import io.candor.embedded.GuardedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Waits for what a child process is to bring about, as long as the child lives. */
final class Waiting {
  /** Something that comes true. */
  interface Condition {
    boolean holds() throws IOException;
  }

  private static final Duration STEP = Duration.ofMillis(50);

  private final GuardedProcess process;
  private final Duration limit;
  private final Path log;
  private final long deadline;

  /**
   * @param limit for everything that is waited for
   * @param log what the child prints
   */
  Waiting(GuardedProcess process, Duration limit, Path log) {
    this.process = process;
    this.limit = limit;
    this.log = log;
    deadline = System.nanoTime() + limit.toNanos();
  }

  void until(Condition condition) throws IOException, InterruptedException {
    while (!condition.holds()) {
      if (!process.isAlive()) {
        throw new CommandFailure("The server ended while starting: see " + log);
      }
      if (System.nanoTime() > deadline) {
        throw new CommandFailure(
            "The server is not up after %d s: see %s".formatted(limit.toSeconds(), log));
      }
      Thread.sleep(STEP);
    }
  }
}
