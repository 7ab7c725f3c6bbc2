package io.candor.knowledge;

import io.candor.audit.KafkaConnection;
import io.candor.knowledge.Applied.Refused;
import io.candor.knowledge.PolicyStream.Status;
import io.candor.knowledge.StreamPositions.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the policies topic and applies each record exactly once: the position is kept in the
 * database, in the transaction that applies the record, and Kafka's own offsets are not used.
 *
 * <p>A record that can never be applied becomes a dead letter. Anything else that fails (database
 * or Kafka out of reach) ends the session with the broker; the next one, after a pause, starts from
 * the stored positions. Runs on a thread of its own.
 */
final class PolicyConsumer implements Runnable {
  private static final Logger LOG = Logger.getLogger(PolicyConsumer.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration FRESHNESS_INTERVAL = Duration.ofMillis(150);
  private static final Duration PATIENCE_WITH_BROKER = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** One that is told to stop gives its partitions to the others at once. */
  private static final CloseOptions LEAVING =
      CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);

  /** What the consumer needs to know. */
  record Settings(
      KafkaConnection kafka, String topic, int partitions, String instance, int maxTextLength) {}

  private final Settings settings;
  private final Ledger ledger;
  private final StreamPositions positions;
  private final Function<String, Optional<UUID>> tenants;
  private final StreamMeter meter;

  /** Where each assigned partition stands, as the database has it. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  private volatile boolean stopping;
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile Status status = new Status(false, Instant.EPOCH, Optional.empty());
  private long freshnessNoted;

  PolicyConsumer(
      Settings settings,
      Ledger ledger,
      StreamPositions positions,
      Function<String, Optional<UUID>> tenants,
      StreamMeter meter) {
    this.settings = settings;
    this.ledger = ledger;
    this.positions = positions;
    this.tenants = tenants;
    this.meter = meter;
  }

  @Override
  public void run() {
    var pause = SHORTEST_PAUSE;
    while (!stopping) {
      var started = System.nanoTime();
      try {
        session();
      } catch (WakeupException e) {
        LOG.debug("asked to stop", e);
      } catch (RuntimeException e) {
        var lasted = Duration.ofNanos(System.nanoTime() - started);
        pause = lasted.compareTo(LONGEST_PAUSE) > 0 ? SHORTEST_PAUSE : longer(pause);
        status = new Status(false, status.lastPoll(), Optional.of(e.toString()));
        meter.failed();
        LOG.warnf(e, "reading %s failed; trying again in %s", settings.topic(), pause);
        sleep(pause);
      }
    }
    status = new Status(false, status.lastPoll(), Optional.empty());
  }

  /** Ends {@link #run} soon, from another thread. */
  void stop() {
    stopping = true;
    var current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  Status status() {
    return status;
  }

  private void session() {
    Topics.create(settings.kafka(), settings.topic(), settings.partitions());
    try (var opened = open();
        var dead = new DeadLetters(settings.kafka(), Topics.dead(settings.topic()))) {
      consumer = opened;
      next.clear();
      meter.assigned(0);
      try {
        read(opened, dead);
      } finally {
        if (stopping) {
          opened.close(LEAVING);
        }
      }
    } finally {
      consumer = null;
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> opened, DeadLetters dead) {
    opened.subscribe(List.of(settings.topic()), new Assignment());
    while (!stopping) {
      var records = opened.poll(POLL);
      status = new Status(true, Instant.now(), Optional.empty());
      for (var record : records) {
        apply(record, dead);
      }
      noteFreshness();
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> record, DeadLetters dead) {
    var partition = new TopicPartition(record.topic(), record.partition());
    var step = new Step(partition, next.get(partition), record.offset() + 1);
    Optional<String> refusal;
    try {
      refusal = apply(PolicyRecord.read(record, settings.maxTextLength()), step);
    } catch (IllegalArgumentException e) {
      refusal = Optional.of(e.getMessage());
    }
    if (refusal.isPresent()) {
      LOG.warnf("%s@%d is a dead letter: %s", partition, record.offset(), refusal.get());
      dead.send(record, refusal.get());
      positions.advance(step);
      meter.setAside();
    } else {
      meter.inForce(Instant.ofEpochMilli(record.timestamp()));
    }
    next.put(partition, step.to());
  }

  /** Why the record cannot be applied, if it cannot. */
  private Optional<String> apply(PolicyRecord record, Step step) {
    var tenant = tenants.apply(record.tenant());
    if (tenant.isEmpty()) {
      return Optional.of("there is no tenant '%.100s'".formatted(record.tenant()));
    }
    try {
      return switch (ledger.apply(tenant.get(), record.event(), Optional.of(step))) {
        case Applied.Accepted _ -> Optional.empty();
        case Refused(var reason) -> Optional.of(reason);
      };
    } catch (RuntimeException e) {
      return Optional.of(refusedByDatabase(e).orElseThrow(() -> e));
    }
  }

  /** Data that the database will never take (SQLSTATE classes 22, 23 and 54), not its absence. */
  private static Optional<String> refusedByDatabase(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().matches("(22|23|54).*")) {
        return Optional.of("the database refuses it: " + sql.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Asks the broker where the topic ends: only an answer proves that nothing is missing. */
  private void noteFreshness() {
    var asked = System.nanoTime();
    if (next.isEmpty() || asked - freshnessNoted < FRESHNESS_INTERVAL.toNanos()) {
      return;
    }
    var ends = consumer.endOffsets(next.keySet(), PATIENCE_WITH_BROKER);
    var current =
        next.entrySet().stream()
            .filter(entry -> entry.getValue() >= ends.get(entry.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    if (!current.isEmpty()) {
      positions.caughtUp(current, Duration.ofNanos(System.nanoTime() - asked));
    }
    freshnessNoted = asked;
  }

  private KafkaConsumer<byte[], byte[]> open() {
    // A static member that restarts gets its partitions back at once, even after a crash.
    return new KafkaConsumer<>(
        settings
            .kafka()
            .with(
                Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG,
                    settings.topic() + ".candor",
                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    settings.instance(),
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                    7_000,
                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                    2_000,
                    ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                    1_800_000,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    50,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes assigned partitions up where the database says. */
  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (partitions.isEmpty()) {
        return;
      }
      var first = consumer.beginningOffsets(partitions);
      var ends = consumer.endOffsets(partitions);
      for (var partition : partitions) {
        var stored = positions.find(partition);
        if (stored.isEmpty() || stored.getAsLong() > ends.get(partition)) {
          positions.start(partition, first.get(partition));
        }
        var start = positions.find(partition).orElseThrow();
        consumer.seek(partition, start);
        next.put(partition, start);
      }
      meter.assigned(next.size());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      next.keySet().removeAll(partitions);
      meter.assigned(next.size());
    }
  }
}
