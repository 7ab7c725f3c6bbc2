package io.candor.helpdesk;

import io.candor.chat.ChannelChat;
import io.candor.helpdesk.wire.GuardedHttp;
import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.TenantConnections;
import io.candor.helpdesk.wire.Vault;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The threads that answer what helpdesks sent. They are the platform's and not virtual ones: an
 * answer computes for long, and the system lets others compute meanwhile.
 */
@ApplicationScoped
class Workers {
  private static final Logger LOG = Logger.getLogger(Workers.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final DeliveryWorker worker;
  private final Wakeup wakeup;
  private final HelpdeskConfig config;
  private final Vault vault;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  Workers(
      TenantConnections connections,
      Channels channels,
      ChannelChat chat,
      GuardedHttp http,
      HelpdeskConfig config,
      Vault vault,
      Clock clock,
      Wakeup wakeup,
      HelpdeskMeter meter) {
    var guard = new LoopGuard(config.oldest(), config.loopAnswers(), config.loopWindow());
    this.worker =
        new DeliveryWorker(
            connections, channels, new Planner(chat::answer, guard), http, config, clock, meter);
    this.wakeup = wakeup;
    this.config = config;
    this.vault = vault;
  }

  void start(@Observes StartupEvent event) {
    for (int i = 1; vault.isOpen() && i <= config.workers(); i++) {
      threads.add(Thread.ofPlatform().name("helpdesk-" + i).daemon().start(this::run));
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    for (var thread : threads) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(10));
    }
  }

  private void run() {
    try {
      while (!stopping) {
        if (!work()) {
          wakeup.await(config.idle());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop", e);
    }
  }

  /** An error, too, must not end the thread: nobody would be answered, and nothing would say so. */
  private boolean work() throws InterruptedException {
    try {
      return worker.work();
    } catch (RuntimeException | Error e) {
      if (!stopping) {
        LOG.warnf("the helpdesks' queue waits: %s", e.getMessage());
        LOG.debug("the helpdesks' queue waits", e);
        Thread.sleep(AFTER_FAILURE);
      }
      return false;
    }
  }
}
