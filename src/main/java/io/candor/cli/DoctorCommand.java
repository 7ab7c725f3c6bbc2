package io.candor.cli;

import dev.langchain4j.exception.LangChain4jException;
import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.candor.embedded.Loopback;
import io.candor.embedded.Parts;
import io.candor.serving.LlamaBackend;
import io.candor.serving.RemoteCheck;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "doctor",
    description = "Says what is wrong here, and what to do about it.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final long ROOM = 2_000_000_000L;

  /** A check: fails with the line to print. */
  private interface Check {
    String run() throws Exception;
  }

  @Mixin private KafkaOption kafka;

  private final CandorHome home = CandorHome.locate();
  private final ClientSettings settings = ClientSettings.find();
  private int failures;

  @Override
  public Integer call() {
    check("java", this::java);
    check("disk", this::disk);
    check("parts", this::parts);
    check("model", this::model);
    check("backend", this::backend);
    check("remote", DoctorCommand::remote);
    check("server", this::server);
    check("database", DatabaseChecks::vectors);
    check("embedding", DatabaseChecks::embedding);
    check("answers", DatabaseChecks::answers);
    check("kafka", this::kafka);
    check("helpdesks", HelpdesksCommand::check);
    return failures == 0 ? 0 : 1;
  }

  private void check(String name, Check check) {
    try {
      System.out.printf("ok    %-9s %s%n", name, check.run());
    } catch (Exception e) {
      failures++;
      String reason = e instanceof CommandFailure ? e.getMessage() : e.toString();
      System.out.printf("fail  %-9s %s%n", name, reason.lines().findFirst().orElse("broken"));
    }
  }

  private String java() {
    int feature = Runtime.version().feature();
    require(feature >= 25, "Java %d runs this: install a JDK 25.".formatted(feature));
    return Runtime.version().toString();
  }

  private String disk() throws Exception {
    Path there = home.root();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    long free = Files.getFileStore(there).getUsableSpace();
    String text = "%.1f GB free for %s".formatted(free / 1e9, home.root());
    require(free > ROOM, text + ": 2 GB are needed, set CANDOR_HOME to another disk.");
    return text;
  }

  private String parts() {
    List<String> damage = new ArrayList<>(EmbeddedParts.damage(home));
    require(
        damage.isEmpty(),
        "%d problems, the first: %s; delete that part's folder and run ./candor setup."
            .formatted(damage.size(), damage.isEmpty() ? "" : damage.getFirst()));
    return "complete, every file matches its checksum";
  }

  private String model() throws Exception {
    Path model = EmbeddedParts.model(home);
    require(Files.isRegularFile(model), model + " is missing: run ./candor setup.");
    return "%s, %d MB".formatted(model, Files.size(model) / 1_000_000);
  }

  private String backend() {
    return LlamaBackend.describe(new Parts(home).llama());
  }

  private static String remote() throws Exception {
    try {
      return RemoteCheck.run(ConfigProvider.getConfig())
          .orElse("no remote model is configured, the local one answers");
    } catch (ExecutionException e) {
      throw new CommandFailure(e.getCause().getMessage(), e);
    } catch (LangChain4jException | IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  private String server() {
    require(!settings.url().isEmpty(), "none configured: start ./candor demo, or set CANDOR_URL.");
    URI url = URI.create(settings.url());
    int port = url.getPort() < 0 ? 80 : url.getPort();
    boolean here = url.getHost().equals("localhost") || url.getHost().startsWith("127.");
    require(
        !here || !Loopback.isFree(port),
        "nothing listens at %s: start ./candor demo, or set CANDOR_URL.".formatted(url));
    try (CandorClient client = new CandorClient(settings)) {
      client.health();
    } catch (Exception e) {
      throw new CommandFailure("%s is not healthy: %s".formatted(url, e.getMessage()), e);
    }
    return url + " is healthy";
  }

  private String kafka() throws Exception {
    return KafkaCheck.run(kafka.connection(settings));
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new CommandFailure(otherwise);
    }
  }
}
