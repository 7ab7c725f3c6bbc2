package io.candor.serving;

import dev.langchain4j.exception.InternalServerException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Notices that a computation does not come to its end, and tells those who wait for it. */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Watchdog.class);
  private static final long IDLE = 0;

  private final Duration limit;
  private final Consumer<RuntimeException> alarm;
  private final Thread thread;
  private volatile long begun = IDLE;
  private volatile boolean stalled;

  /**
   * @param alarm called once for each computation that exceeds the limit, on another thread
   */
  Watchdog(Duration limit, Consumer<RuntimeException> alarm) {
    this.limit = limit;
    this.alarm = alarm;
    thread = Thread.ofVirtual().name("inference-watchdog").start(this::watch);
  }

  void begin() {
    begun = Math.max(1, System.nanoTime());
  }

  void end() {
    begun = IDLE;
    stalled = false;
  }

  /** Whether the running computation exceeds the limit. */
  boolean stalled() {
    return stalled;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(limit.dividedBy(4));
        long start = begun;
        if (!stalled && start != IDLE && System.nanoTime() - start > limit.toNanos()) {
          stalled = true;
          var message = "a step of the model takes longer than %s".formatted(limit);
          LOG.error(message);
          alarm.accept(new InternalServerException(message));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
