package io.candor.cli;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a few tasks at once and makes the next one wait; after one that fails, none is begun. */
final class AtOnce implements AutoCloseable {
  /** What is run; a failure ends it all. */
  interface Task {
    void run() throws IOException, InterruptedException;
  }

  private final int most;
  private final Semaphore free;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  AtOnce(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** Returns once the task has begun; a failure of an earlier one is thrown here. */
  void run(Task task) throws IOException, InterruptedException {
    free.acquire();
    check();
    threads.execute(() -> {
      try {
        task.run();
      } catch (IOException | InterruptedException | RuntimeException e) {
        failure.compareAndSet(null, e);
      } finally {
        free.release();
      }
    });
  }

  /** Waits for those that run. */
  void finish() throws IOException, InterruptedException {
    free.acquire(most);
    free.release(most);
    check();
  }

  private void check() throws IOException, InterruptedException {
    switch (failure.get()) {
      case null -> {}
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Exception e -> throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
