package io.candor.knowledge;

import io.candor.audit.KafkaConnection;
import io.candor.security.Credentials;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps a {@link PolicyConsumer} running for as long as the server does. */
@ApplicationScoped
public class PolicyStream {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final PolicyConsumer consumer;
  private final boolean consume;
  private Thread thread;

  PolicyStream(
      KnowledgeConfig config,
      KafkaConnection kafka,
      @ConfigProperty(name = "quarkus.http.port") int port,
      Ledger ledger,
      StreamPositions positions,
      Credentials credentials,
      MeterRegistry registry) {
    consume = config.consume();
    consumer =
        new PolicyConsumer(
            new PolicyConsumer.Settings(
                kafka,
                config.topic(),
                config.partitions(),
                config.instance().orElseGet(() -> host() + "-" + port),
                config.maxTextLength()),
            ledger,
            positions,
            credentials::tenant,
            new StreamMeter(registry, positions, config.topic()));
  }

  /**
   * How the consumer does, for health checks.
   *
   * @param alive its last call to the broker and the database went well
   * @param lastPoll when it last looked for records; the epoch, if never
   * @param failure what went wrong last, while it is not alive
   */
  public record Status(boolean alive, Instant lastPoll, Optional<String> failure) {}

  public Status status() {
    return consumer.status();
  }

  void start(@Observes StartupEvent event) {
    if (consume) {
      thread = Thread.ofPlatform().name("policy-consumer").daemon().start(consumer);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (thread != null) {
      consumer.stop();
      thread.join(GRACE);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
