package io.candor.tuning.peft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs docker/tuner's own tests where Python has what they need. */
class TunerContainerTest {
  private static final String PYTHON =
      System.getenv().getOrDefault("CANDOR_TUNER_PYTHON", "python3");

  @TempDir private Path folder;

  private int run(Path log, String... arguments) throws InterruptedException {
    var builder = new ProcessBuilder(PYTHON).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      var process = builder.start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      return process.waitFor();
    } catch (IOException e) {
      return -1; // there is no such program
    }
  }

  @Test
  void theContainersTrainerPassesItsTests() throws Exception {
    var log = folder.resolve("log.txt");
    assumeTrue(
        run(log, "-c", "import torch, transformers, peft") == 0,
        PYTHON + " has no torch, transformers and peft; CANDOR_TUNER_PYTHON names one that has");
    int code = run(log, "docker/tuner/test_train.py");
    var said = Files.readString(log);
    assertEquals(0, code, said);
    assertTrue(said.contains("Ran 6 tests"), said);
  }
}
