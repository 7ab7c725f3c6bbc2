package io.candor.helpdesk;

import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.TenantConnections;
import io.candor.helpdesk.wire.Vault;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * Forgets what helpdesks sent and webhooks told once it has been kept long enough, one replica at a
 * time. A delivery's ids stay, so that a repeat is still known as one.
 */
@ApplicationScoped
class Retention {
  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final int BATCH = 1_000;

  private final TenantConnections connections;
  private final HelpdeskConfig config;
  private final Vault vault;
  private final Clock clock;
  private Thread thread;

  Retention(TenantConnections connections, HelpdeskConfig config, Vault vault, Clock clock) {
    this.connections = connections;
    this.config = config;
    this.vault = vault;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    if (vault.isOpen()) {
      thread = Thread.ofVirtual().name("helpdesk-retention").start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (thread != null) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(10));
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        purge();
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop", e);
    }
  }

  private void purge() {
    try {
      int purged = purge(clock.instant().minus(config.retention()));
      LOG.debugf("%d deliveries and messages were forgotten", purged);
    } catch (IllegalStateException e) {
      LOG.warnf("old deliveries are not forgotten yet: %s", e.getMessage());
    }
  }

  /** Forgets what came before that time, in short transactions; how much it was. */
  int purge(Instant before) {
    int purged = 0;
    for (int more = batch(before); more > 0; more = batch(before)) {
      purged += more;
    }
    return purged;
  }

  private int batch(Instant before) {
    return connections.call(connection -> {
      try (var statement = connection.prepareStatement("select purge_helpdesk(?, ?)")) {
        statement.setObject(1, before.atOffset(ZoneOffset.UTC));
        statement.setInt(2, BATCH);
        try (var rows = statement.executeQuery()) {
          rows.next();
          return rows.getInt(1);
        }
      }
    });
  }
}
