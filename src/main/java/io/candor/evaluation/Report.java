package io.candor.evaluation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run measured, as its JSON file keeps it.
 *
 * @param run the name of its folder
 * @param label what was measured, in the words of who ran it; for ablations and comparisons
 * @param at when it ended
 */
public record Report(String run, String label, Instant at, List<SuiteReport> suites) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Reads a report; an IllegalArgumentException says that the file is none. */
  public static Report read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("There is no report at " + file);
    }
    try {
      return JSON.readValue(file.toFile(), Report.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s is no report: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /** Writes it, creating the folders above. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writeValueAsBytes(this));
  }

  /** The suite of that name, where the run measured it. */
  public Optional<SuiteReport> suite(String name) {
    return suites.stream().filter(suite -> suite.suite().name().equals(name)).findFirst();
  }
}
