package io.candor.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.candor.evaluation.HtmlReport;
import io.candor.evaluation.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where evaluations and benchmarks write what they found. */
final class EvaluationFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private EvaluationFiles() {}

  /** Writes the report as JSON, and as a page beside it. */
  static void write(Report report, List<Report> others, Path file) throws IOException {
    report.write(file);
    Path page =
        file.resolveSibling(file.getFileName().toString().replaceFirst("(\\.json)?$", ".html"));
    new HtmlReport(report, others).write(page);
    System.out.printf("written to %s and %s%n", file, page);
  }

  static List<Report> read(List<Path> files) throws IOException {
    List<Report> reports = new ArrayList<>();
    for (Path file : files) {
      reports.add(Report.read(file));
    }
    return reports;
  }

  static void write(Path file, Object content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writeValueAsBytes(content));
    System.out.println("written to " + file);
  }
}
