package io.candor.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where evaluations read their data and write what they found. */
final class EvaluationFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private EvaluationFiles() {}

  /** The folder of policy streams in the evaluation data; null where no data are named. */
  static Path policyStreams(Path data) {
    if (data == null || !Files.isDirectory(data.resolve("policy-stream"))) {
      throw new CommandFailure(
          "The policy streams are not in this repository: name their parent folder with --data or"
              + " CANDOR_EVAL_DATA.");
    }
    return data.resolve("policy-stream");
  }

  static void write(Path file, Object content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writeValueAsBytes(content));
    System.out.println("written to " + file);
  }
}
