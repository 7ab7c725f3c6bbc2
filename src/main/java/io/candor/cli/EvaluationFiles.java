package io.candor.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.candor.evaluation.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where evaluations and benchmarks write what they found. */
final class EvaluationFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private EvaluationFiles() {}

  static void write(Report report, Path file) throws IOException {
    report.write(file);
    System.out.println("written to " + file);
  }

  static void write(Path file, Object content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writeValueAsBytes(content));
    System.out.println("written to " + file);
  }
}
