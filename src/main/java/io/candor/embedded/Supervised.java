package io.candor.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A server that is started again when it dies although nobody stopped it. */
final class Supervised implements AutoCloseable {
  /** Starts the server and returns when it answers. */
  interface Start {
    GuardedProcess run() throws IOException, InterruptedException;
  }

  private static final Logger LOG = System.getLogger(Supervised.class.getName());
  private static final int RESTARTS_PER_MINUTE = 5;
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final String name;
  private final Start start;
  private final Duration stopLimit;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private GuardedProcess process;
  private boolean stopping;

  Supervised(String name, Start start, Duration stopLimit)
      throws IOException, InterruptedException {
    this.name = name;
    this.start = start;
    this.stopLimit = stopLimit;
    watch(start.run());
  }

  private synchronized void watch(GuardedProcess started) {
    process = started;
    if (stopping) {
      started.stop(stopLimit);
      return;
    }
    started.onExit().thenAcceptAsync(ended -> restart(ended.exitValue()), this::inThread);
  }

  /** Kafka's client finds its classes by the thread's class loader, and a pool's has others. */
  private void inThread(Runnable task) {
    var thread = Thread.ofPlatform().daemon().name("restart-" + name).unstarted(task);
    thread.setContextClassLoader(Supervised.class.getClassLoader());
    thread.start();
  }

  private void restart(int exit) {
    synchronized (this) {
      if (stopping) {
        return;
      }
      long now = System.nanoTime();
      restarts.removeIf(at -> now - at > MINUTE);
      if (restarts.size() == RESTARTS_PER_MINUTE) {
        LOG.log(Level.ERROR, "{0} keeps dying (exit code {1}) and is left alone", name, exit);
        return;
      }
      restarts.add(now);
    }
    LOG.log(Level.WARNING, "{0} died (exit code {1}): starting it again", name, exit);
    try {
      watch(start.run());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, name + " does not start again", e);
    }
  }

  synchronized GuardedProcess process() {
    return process;
  }

  @Override
  public void close() {
    GuardedProcess last;
    synchronized (this) {
      stopping = true;
      last = process;
    }
    last.stop(stopLimit);
  }
}
