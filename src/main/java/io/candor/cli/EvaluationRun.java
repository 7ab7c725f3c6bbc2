package io.candor.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.candor.embedded.CandorHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What a run measures, kept in its folder, so that it can be resumed by its name alone.
 *
 * @param suites names, or paths of definitions
 * @param data the evaluation data; null where none are named
 * @param settings of the own server that differ from its defaults
 * @param label for reports and comparisons
 * @param ablations whether each step is left out once, too
 */
record EvaluationRun(
    String name,
    List<String> suites,
    Path data,
    int limit,
    List<String> tags,
    Map<String, String> settings,
    String label,
    boolean ablations) {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final String FILE = "run.json";

  EvaluationRun {
    settings = settings == null ? Map.of() : Map.copyOf(settings);
  }

  /** A new run; its name is the time. */
  static EvaluationRun of(
      List<String> suites,
      Path data,
      int limit,
      List<String> tags,
      Map<String, String> settings,
      String label,
      boolean ablations) {
    String name = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
    String called = label == null ? name : label;
    return new EvaluationRun(name, suites, data, limit, tags, settings, called, ablations);
  }

  void save() throws IOException {
    Files.createDirectories(folder());
    Files.write(folder().resolve(FILE), JSON.writeValueAsBytes(this));
  }

  static EvaluationRun resume(String name) throws IOException {
    Path file = folder(name).resolve(FILE);
    if (!Files.isReadable(file)) {
      throw new CommandFailure(
          "No run is called %s: runs are the folders of %s."
              .formatted(name, file.getParent().getParent()));
    }
    return JSON.readValue(file.toFile(), EvaluationRun.class);
  }

  Path folder() {
    return folder(name);
  }

  /** The folder of its own server, in the user's home. */
  String serverFolder() {
    return "reports/%s/server".formatted(name);
  }

  private static Path folder(String name) {
    return CandorHome.locate().root().resolve("reports").resolve(name);
  }
}
