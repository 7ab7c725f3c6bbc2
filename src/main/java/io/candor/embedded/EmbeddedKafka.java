package io.candor.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;

/** A Kafka broker that is its own controller, as a child process on the loopback interface. */
final class EmbeddedKafka implements AutoCloseable {
  private static final int PREFERRED_PORT = 19092;
  private static final int PREFERRED_CONTROLLER_PORT = 19093;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 3;

  // one node keeps the only copy, so what it acknowledged is on disk
  private static final String SETTINGS =
      """
      process.roles=broker,controller
      node.id=1
      controller.quorum.voters=1@%1$s:%3$d
      listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
      advertised.listeners=PLAINTEXT://%1$s:%2$d
      controller.listener.names=CONTROLLER
      listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
      log.dirs=%4$s
      log.flush.interval.messages=1
      auto.create.topics.enable=false
      offsets.topic.replication.factor=1
      offsets.topic.num.partitions=4
      transaction.state.log.replication.factor=1
      transaction.state.log.min.isr=1
      transaction.state.log.num.partitions=4
      group.initial.rebalance.delay.ms=0
      num.network.threads=2
      num.io.threads=2
      log.cleaner.dedupe.buffer.size=16777216
      """;

  private final Path jars;
  private final Path data;
  private final Path log;
  private final Path settings;
  private final String clusterId;
  private final Supervised broker;
  private int port;

  private EmbeddedKafka(Path jars, CandorHome home) throws IOException, InterruptedException {
    this.jars = jars;
    data = Files.createDirectories(home.data().resolve("kafka"));
    log = Files.createDirectories(home.run()).resolve("kafka.log");
    settings = home.run().resolve("kafka.properties");
    stopLeftover();
    Path identity = data.resolve("meta.properties");
    boolean isNew = !Files.exists(identity);
    clusterId = isNew ? Uuid.randomUuid().toString() : clusterId(identity);
    choosePorts();
    if (isNew) {
      format();
    }
    broker = new Supervised("Kafka", this::startBroker, STOP_LIMIT);
  }

  /** Starts it on the data of that home, made on the first call, and returns when it answers. */
  static EmbeddedKafka start(MavenJars jars, CandorHome home)
      throws IOException, InterruptedException {
    EmbeddedKafka kafka = new EmbeddedKafka(jars.folder(), home);
    try {
      kafka.createTopics();
      return kafka;
    } catch (ExecutionException e) {
      kafka.close();
      throw new SetupFailure("Kafka refuses its topics: see " + kafka.log, e);
    }
  }

  private static String clusterId(Path identity) throws IOException {
    Properties stored = new Properties();
    try (Reader in = Files.newBufferedReader(identity)) {
      stored.load(in);
    }
    return stored.getProperty("cluster.id");
  }

  private void choosePorts() throws IOException {
    port = Loopback.freePort(PREFERRED_PORT);
    int controller = Loopback.freePort(PREFERRED_CONTROLLER_PORT);
    Files.writeString(settings, SETTINGS.formatted(Loopback.HOST, port, controller, data));
  }

  String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  private List<String> java(String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Djava.awt.headless=true", "-cp", jars + "/*", main));
    command.addAll(List.of(arguments));
    return command;
  }

  private void format() throws IOException, InterruptedException {
    String[] arguments = {
      "format", "--ignore-formatted", "--cluster-id", clusterId, "--config", settings.toString()
    };
    int exit =
        new ProcessBuilder(java("kafka.tools.StorageTool", arguments))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()
            .waitFor();
    if (exit != 0) {
      throw new SetupFailure("Kafka could not format its storage: see " + log);
    }
  }

  /** Ends a broker that an earlier, killed Candor left on this data. */
  private void stopLeftover() throws InterruptedException {
    Stream<ProcessHandle> leftovers =
        ProcessHandle.allProcesses()
            .filter(p -> p.info().commandLine().orElse("").endsWith("kafka.Kafka " + settings));
    for (ProcessHandle leftover : leftovers.toList()) {
      leftover.destroy();
      try {
        leftover.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        leftover.destroyForcibly();
      }
    }
  }

  /** A port that was free can be taken by the time the broker wants it: hence the attempts. */
  private GuardedProcess startBroker() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      stopLeftover();
      List<String> command = java("kafka.Kafka", settings.toString());
      GuardedProcess process = GuardedProcess.start(command, "TERM", log, Map.of());
      if (awaitAnswer(process)) {
        return process;
      }
      process.stop(STOP_LIMIT);
      if (attempt == ATTEMPTS) {
        throw new SetupFailure("Kafka does not start: see " + log);
      }
      if (broker == null) { // later its clients know the port
        choosePorts();
      }
    }
  }

  private boolean awaitAnswer(GuardedProcess process) throws InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (!Loopback.isFree(port) && answers()) {
        return true;
      }
      Thread.sleep(50);
    }
    return false;
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
            AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50,
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500,
            AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 50,
            AdminClientConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 500));
  }

  /** Whether this broker answers there, and not another that took the port. */
  private boolean answers() throws InterruptedException {
    try (Admin admin = admin()) {
      var cluster = admin.describeCluster();
      return cluster.clusterId().get(10, TimeUnit.SECONDS).equals(clusterId)
          && !cluster.nodes().get(10, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Policies and answers are kept for good: the tables can be made again from the topic. */
  private void createTopics() throws InterruptedException, ExecutionException {
    Map<String, String> forever = Map.of("retention.ms", "-1");
    List<NewTopic> topics =
        List.of(
            new NewTopic("candor.policies", 4, (short) 1).configs(forever),
            new NewTopic("candor.policies.dead", 1, (short) 1).configs(forever),
            new NewTopic("candor.answers", 4, (short) 1),
            new NewTopic("candor.handoffs", 1, (short) 1),
            new NewTopic("candor.feedback", 1, (short) 1),
            new NewTopic("candor.documents-applied", 1, (short) 1),
            new NewTopic("candor.answers-affected", 1, (short) 1));
    try (Admin admin = admin()) {
      for (var creation : admin.createTopics(topics).values().values()) {
        try {
          creation.get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
    }
  }

  Optional<ProcessHandle> process() {
    return broker.process().child();
  }

  @Override
  public void close() {
    broker.close();
  }
}
