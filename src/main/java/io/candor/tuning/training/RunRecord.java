package io.candor.tuning.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What {@code run.json} says of a training run: what it began with, how the losses went, and what
 * came out. The registry of adapters keeps it with the version.
 *
 * @param started and {@code finished} in RFC 3339; the latter null while it runs
 * @param adapterSha256 of the adapter, or of the model where all weights were trained; null while
 *     it runs
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRecord(
    String name,
    Base base,
    Data dataset,
    TrainingSettings settings,
    RunCurves curves,
    String started,
    String finished,
    String adapterSha256) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** The model that was tuned. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Base(String name, String sha256) {}

  /** What was learnt from. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Data(String sha256, int trainExamples, int validationExamples) {}

  /** Reads a run's folder. */
  public static RunRecord read(Path folder) throws IOException {
    return JSON.readValue(file(folder).toFile(), RunRecord.class);
  }

  /** Writes it whole or not at all. */
  void write(Path folder) throws IOException {
    var unfinished = folder.resolve("run.json.part");
    JSON.writeValue(unfinished.toFile(), this);
    Files.move(
        unfinished,
        file(folder),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static boolean isIn(Path folder) {
    return Files.exists(file(folder));
  }

  private static Path file(Path folder) {
    return folder.resolve("run.json");
  }

  RunRecord with(RunCurves changed) {
    return new RunRecord(name, base, dataset, settings, changed, started, finished, adapterSha256);
  }

  RunRecord finished(String when, String sha256) {
    return new RunRecord(name, base, dataset, settings, curves, started, when, sha256);
  }
}
