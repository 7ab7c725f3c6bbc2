package io.candor.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** A broker of its own that wants TLS and a SCRAM login, as one that Strimzi runs does. */
public final class SecuredBroker implements AutoCloseable {
  public static final String USER = "candor";
  public static final String PASSWORD = "of-the-user";
  private static final String STORE_PASSWORD = "of-the-store";

  private static final String SETTINGS =
      """
      process.roles=broker,controller
      node.id=1
      controller.quorum.voters=1@127.0.0.1:%2$d
      listeners=SASL_SSL://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
      controller.listener.names=CONTROLLER
      inter.broker.listener.name=SASL_SSL
      listener.security.protocol.map=CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL
      sasl.enabled.mechanisms=SCRAM-SHA-512
      sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
      listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=%3$s
      ssl.keystore.type=PKCS12
      ssl.keystore.location=%4$s/broker.p12
      ssl.keystore.password=%5$s
      ssl.truststore.type=PEM
      ssl.truststore.location=%4$s/ca.crt
      log.dirs=%4$s/log
      """;

  private final Path folder;
  private final int port;
  private final GuardedProcess process;

  private SecuredBroker(Path folder, int port, GuardedProcess process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts it in that folder; {@link #awaitPort} tells when it listens. */
  public static SecuredBroker start(Path folder) throws IOException, InterruptedException {
    int port = Loopback.freePort();
    var settings = folder.resolve("broker.properties");
    Files.writeString(
        settings,
        SETTINGS.formatted(port, Loopback.freePort(), login(PASSWORD), folder, STORE_PASSWORD));
    makeCertificate(folder);
    var user = "SCRAM-SHA-512=[name=%s,password=%s]".formatted(USER, PASSWORD);
    run(
        broker(
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id=" + Uuid.randomUuid(),
            "--config=" + settings,
            "--add-scram=" + user));
    var log = folder.resolve("broker.log");
    var command = broker("kafka.Kafka", settings.toString());
    return new SecuredBroker(folder, port, GuardedProcess.start(command, "KILL", log, Map.of()));
  }

  /** Returns once it listens. */
  public void awaitPort() {
    await().atMost(Duration.ofSeconds(60)).until(() -> !Loopback.isFree(port));
  }

  /** What a client of that password is given, but for the brokers. */
  public Map<String, String> client(String password) {
    return Map.of(
        "security.protocol", "SASL_SSL",
        "sasl.mechanism", "SCRAM-SHA-512",
        "sasl.jaas.config", login(password),
        "ssl.truststore.type", "PEM",
        "ssl.truststore.location", folder.resolve("ca.crt").toString());
  }

  public String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  private static String login(String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(USER, password);
  }

  private static void makeCertificate(Path folder) throws IOException, InterruptedException {
    keytool(
        folder, "-genkeypair -keyalg EC -dname CN=broker -ext san=ip:127.0.0.1 -storetype PKCS12");
    keytool(folder, "-exportcert -rfc -file " + folder + "/ca.crt");
  }

  private static void keytool(Path folder, String arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(tool("keytool")));
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-alias", "broker", "-keystore", folder + "/broker.p12"));
    command.addAll(List.of("-storepass", STORE_PASSWORD));
    run(command);
  }

  private static List<String> broker(String main, String... arguments) {
    var command = new ArrayList<>(List.of(tool("java"), "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    var jars = MavenJars.broker(CandorHome.locate()).folder();
    command.addAll(List.of("-cp", jars + "/*", main));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
  }

  @Override
  public void close() {
    process.stop(Duration.ofSeconds(10));
  }
}
