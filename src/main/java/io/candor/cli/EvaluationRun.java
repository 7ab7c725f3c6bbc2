package io.candor.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.candor.embedded.CandorHome;
import io.candor.evaluation.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a run measures, kept in its folder, so that it can be resumed by its name alone.
 *
 * @param suites names, or paths of definitions
 * @param data the evaluation data; null where none are named
 * @param label for reports and comparisons
 */
record EvaluationRun(
    String name, List<String> suites, Path data, int limit, List<String> tags, String label) {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final String FILE = "run.json";

  static EvaluationRun begin(
      List<String> suites, Path data, int limit, List<String> tags, String label)
      throws IOException {
    String name = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
    EvaluationRun run =
        new EvaluationRun(name, suites, data, limit, tags, label == null ? name : label);
    Files.createDirectories(run.folder());
    Files.write(run.folder().resolve(FILE), JSON.writeValueAsBytes(run));
    return run;
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

  private static Path folder(String name) {
    return CandorHome.locate().root().resolve("reports").resolve(name);
  }

  Sample sample() {
    return new Sample(limit, tags);
  }
}
