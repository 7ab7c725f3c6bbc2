package io.candor.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.cli.Figure.Bound;
import io.candor.cli.Figure.Unit;
import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.candor.embedded.GuardedProcess;
import io.candor.embedded.Loopback;
import io.candor.evaluation.HelpdeskLoad;
import io.candor.helpdesk.wire.Vault;
import io.candor.security.Administration;
import io.candor.security.Scope;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A helpdesk's deliveries to a server of its own that is killed (SIGKILL) again and again, while
 * the helpdesk's API fails. It answers in the policies' own words, without a model: what is
 * measured is that nothing is lost or doubled. Then deliveries beside questions that keep the model
 * busy.
 */
final class HelpdeskBench {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final int BUSY_DELIVERIES = 500;
  private static final int BUSY_USERS = 4;
  private static final String TENANT = "helpdesk";

  private static final String POLICY =
      "# Returns\n\nYou have 30 days from delivery to return an item. Items must be unused.\n\n"
          + "# Shipping\n\nStandard shipping takes 3 to 5 working days and costs 4 euros.\n\n"
          + "# Warranty\n\nThe warranty on every product is two years from the date of purchase.";

  private static final List<String> QUESTIONS =
      List.of(
          "How many days do I have to return an item?",
          "How long does standard shipping take?",
          "How long is the warranty on a product?",
          "What does standard shipping cost?");

  private final int deliveries;
  private final int kills;
  private final PrintStream out;
  private final int port;
  private final String key = Vault.newKey();
  private final CandorHome home = CandorHome.locate().nested("bench-helpdesk");

  HelpdeskBench(int deliveries, int kills, PrintStream out) throws IOException {
    this.port = Loopback.freePort();
    this.deliveries = deliveries;
    this.kills = kills;
    this.out = out;
  }

  List<Figure> measure() throws Exception {
    EmbeddedParts.setUp(CandorHome.locate(), out);
    home.deleteData();
    Files.createDirectories(home.run());
    List<Figure> figures = new ArrayList<>();
    try (EmbeddedParts parts = EmbeddedParts.start(CandorHome.locate(), home)) {
      Map<String, String> withModel = new HashMap<>(parts.configuration());
      Map<String, String> without = new HashMap<>(withModel);
      without.keySet().removeIf(name -> name.startsWith("candor.serving."));
      figures.addAll(killed(without));
      figures.add(busy(withModel));
    }
    home.deleteData();
    return figures;
  }

  private List<Figure> killed(Map<String, String> configuration) throws Exception {
    HelpdeskLoad.Result result;
    try (HelpdeskLoad load = new HelpdeskLoad(deliveries, 1, QUESTIONS)) {
      GuardedProcess process = start(configuration);
      try {
        URI hook = connect(configuration, load, "auto");
        Thread sending = Thread.ofVirtual().start(() -> send(load, hook));
        for (int kill = 1; kill <= kills; kill++) {
          while (load.sent() < (long) deliveries * kill / (kills + 1)) {
            Thread.sleep(10);
          }
          process.child().orElseThrow().destroyForcibly();
          process.stop(STOP_LIMIT);
          process = start(configuration);
          out.printf("  killed %d times, %d deliveries sent%n", kill, load.sent());
        }
        sending.join();
        out.println("  all are acknowledged or refused; waiting for the answers");
        result = load.await();
      } finally {
        process.stop(STOP_LIMIT);
      }
    }
    return figures(result);
  }

  private List<Figure> figures(HelpdeskLoad.Result result) {
    String note =
        "of %d conversations; %d deliveries, %d kills, %d of %d API calls failed"
            .formatted(
                result.conversations(), deliveries, kills, result.failures(), result.calls());
    return List.of(
        new Figure(
            "answered exactly once",
            (double) result.once() / result.conversations(),
            Unit.SHARE,
            Bound.AT_LEAST,
            1,
            note),
        new Figure("answered twice", result.more(), Unit.COUNT, Bound.AT_MOST, 0, ""),
        new Figure("not answered", result.fewer(), Unit.COUNT, Bound.AT_MOST, 0, ""),
        new Figure(
            "bad ones accepted",
            result.badAccepted(),
            Unit.COUNT,
            Bound.AT_MOST,
            0,
            "forged or malformed; good ones refused: " + result.goodRefused()),
        new Figure(
            "acknowledged p99, killed",
            result.acknowledged().p99(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            100,
            "each restart's first seconds included; " + result.acknowledged()));
  }

  /** A channel that only keeps, beside users who ask all the time. */
  private Figure busy(Map<String, String> configuration) throws Exception {
    GuardedProcess process = start(configuration);
    List<Thread> users = new ArrayList<>();
    try (HelpdeskLoad load = new HelpdeskLoad(BUSY_DELIVERIES, 1, QUESTIONS);
        CandorClient client = client(configuration)) {
      URI hook = connect(configuration, load, "off");
      for (int user = 0; user < BUSY_USERS; user++) {
        int first = user;
        users.add(Thread.ofVirtual().start(() -> ask(client, first)));
      }
      Thread.sleep(Duration.ofSeconds(10));
      load.send(hook);
      if (!users.stream().allMatch(Thread::isAlive)) {
        throw new CommandFailure("a user was not answered, so that the model was not busy");
      }
      for (Thread user : users) {
        user.interrupt();
        user.join();
      }
      return new Figure(
          "acknowledged p99, busy",
          load.acknowledged().p99(),
          Unit.MILLISECONDS,
          Bound.BELOW,
          100,
          "%d users keep the model busy; %s".formatted(BUSY_USERS, load.acknowledged()));
    } finally {
      users.forEach(Thread::interrupt);
      process.stop(STOP_LIMIT);
    }
  }

  private static void ask(CandorClient client, int first) {
    try {
      for (int i = first; !Thread.interrupted(); i++) {
        ObjectNode question = DocumentFile.JSON.createObjectNode();
        question.put("message", QUESTIONS.get(i % QUESTIONS.size()) + " It is number " + i + ".");
        client.send("POST", "/api/v1/chat", question);
      }
    } catch (IOException | CandorClient.Refusal e) {
      throw new CommandFailure("a question was not answered: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HelpdeskLoad load, URI hook) {
    try {
      load.send(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The channel's address, after its tenant, policies and account were set up. */
  private URI connect(Map<String, String> configuration, HelpdeskLoad load, String mode)
      throws Exception {
    try (CandorClient client = client(configuration)) {
      ObjectNode document = DocumentFile.JSON.createObjectNode();
      document.put("title", "Terms").put("kind", "policy").put("format", "markdown");
      document.put("text", POLICY).put("valid_from", "2020-01-01T00:00:00Z");
      client.put("terms", document, "store");
      ObjectNode channel = DocumentFile.JSON.createObjectNode();
      channel.put("helpdesk", "zendesk").put("mode", mode).put("token", "token");
      channel.put("secret", HelpdeskLoad.SECRET);
      ObjectNode settings = channel.putObject("settings").put("confidence", 0);
      settings.set("account", DocumentFile.JSON.valueToTree(load.account()));
      String path = HelpdesksCommand.HELPDESKS + "/" + mode;
      return URI.create(url() + client.send("PUT", path, channel).at("/channel/path").asText());
    }
  }

  private CandorClient client(Map<String, String> configuration) throws SQLException {
    String database = configuration.get("quarkus.datasource.jdbc.url");
    String owner = configuration.get("quarkus.flyway.username");
    String password = configuration.get("quarkus.flyway.password");
    try (var connection = DriverManager.getConnection(database, owner, password)) {
      Administration.createTenant(connection, TENANT);
      String apiKey = Administration.createKey(connection, TENANT, EnumSet.allOf(Scope.class));
      return new CandorClient(
          new ClientSettings(url(), apiKey, TENANT, "", new ClientSettings.Database("", "", "")));
    }
  }

  private String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Returns when it answers; without a model it never says that it is ready. */
  private GuardedProcess start(Map<String, String> configuration) throws Exception {
    Path log = home.run().resolve("output.log");
    GuardedProcess process =
        GuardedProcess.start(
            command(configuration), "TERM", log, Map.of("CANDOR_PORT", String.valueOf(port)));
    new Waiting(process, START_LIMIT, log).until(() -> !Loopback.isFree(port));
    return process;
  }

  private List<String> command(Map<String, String> configuration) {
    String jar = System.getProperty("java.class.path");
    if (!jar.endsWith("quarkus-run.jar")) {
      throw new CommandFailure("This needs the packaged build: run it through ./candor.");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx1g");
    configuration.forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
    command.add("-Dcandor.helpdesk.key=" + key);
    command.add("-Dcandor.helpdesk.private-hosts=127.0.0.1");
    command.add("-Dcandor.helpdesk.timeout=1S");
    command.addAll(List.of("-jar", Path.of(jar).toAbsolutePath().toString(), "serve"));
    return command;
  }
}
