package io.candor.helpdesk;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes an idle worker of this process; those of others look by themselves. */
@ApplicationScoped
class Wakeup {
  private final Semaphore signals = new Semaphore(0);

  void signal() {
    if (signals.availablePermits() == 0) {
      signals.release();
    }
  }

  void await(Duration atMost) throws InterruptedException {
    signals.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
