package io.candor;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.embedded.GuardedProcess;
import io.candor.embedded.Loopback;
import io.candor.ops.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packaged server as a process of its own, on the parts of the test; it can be killed. */
final class Replica implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path log;
  private final int port;
  private final GuardedProcess process;

  private Replica(Path log, int port, GuardedProcess process) {
    this.log = log;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it; {@link #awaitReady} tells when it serves.
   *
   * @param name its name among the readers of the topic
   */
  static Replica start(String name) throws IOException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException("there is no packaged server: run mvn verify");
    }
    int port = Loopback.freePort();
    var log = Files.createDirectories(Path.of("target/replicas")).resolve(name + ".log");
    Files.deleteIfExists(log);
    var process = GuardedProcess.start(serve(name, port), "TERM", log.toAbsolutePath(), Map.of());
    return new Replica(log, port, process);
  }

  /** Runs another command of the packaged server on the parts, and returns what it printed. */
  static String run(String... arguments) throws IOException, InterruptedException {
    var command = java();
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
    return output;
  }

  private static List<String> java() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    CandorParts.configuration().forEach((key, value) -> command.add("-D" + key + "=" + value));
    return command;
  }

  /** As the chart starts it. Two in one machine are given one thread and few sequences each. */
  private static List<String> serve(String name, int port) {
    var command = java();
    command.add("-Dquarkus.flyway.migrate-at-start=false");
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dcandor.knowledge.instance=" + name);
    command.add("-Dcandor.serving.sequences=2");
    command.add("-Dcandor.serving.threads=1");
    command.addAll(List.of("-jar", JAR.toString(), "serve"));
    return command;
  }

  /** Returns once it is ready. */
  Replica awaitReady() {
    await(log + " tells more")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("it ended: " + Files.readString(log));
          }
          return isReady();
        });
    return this;
  }

  private boolean isReady() throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(uri("/q/health/ready")).build();
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills it (SIGKILL): it can say goodbye to nobody. */
  void kill() {
    process.child().orElseThrow().destroyForcibly();
    await().until(() -> !process.isAlive());
  }

  /** Asks it to stop (SIGTERM), and returns at once. */
  void askToStop() {
    process.child().orElseThrow().destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Scrape scrape() {
    return Scrape.of(text(HttpRequest.newBuilder(uri("/q/metrics")).build()));
  }

  int partitions() {
    return (int) scrape().sum("candor_policy_partitions");
  }

  /** The JSON of the response; fails where it is not a success. */
  JsonNode send(String key, String method, String path, Map<String, ?> body) {
    try {
      return JSON.readTree(text(request(key, method, path, body).build()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode ask(String key, Map<String, ?> question) {
    return send(key, "POST", "/api/v1/chat", question);
  }

  /** The lines of an answer that is streamed, as they come. */
  Stream<String> stream(String key, String question) {
    try {
      var request =
          request(key, "POST", "/api/v1/chat", Map.of("message", question))
              .header("Accept", "text/event-stream")
              .build();
      return CLIENT.send(request, BodyHandlers.ofLines()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String key, String method, String path, Map<String, ?> body) {
    try {
      return HttpRequest.newBuilder(uri(path))
          .header("Authorization", "Bearer " + key)
          .header("Content-Type", "application/json")
          .timeout(Duration.ofSeconds(20))
          .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(HttpRequest request) {
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(request + ": " + response + " " + response.body());
      }
      return response.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(request + ": " + e, e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port).resolve(path);
  }

  @Override
  public void close() {
    process.stop(Duration.ofSeconds(30));
  }
}
