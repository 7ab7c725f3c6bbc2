package io.candor.serving;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.candor.CandorParts;
import io.candor.embedded.CandorHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * llama.cpp's own server with the default model, from the Python package xllamacpp: an
 * OpenAI-compatible API that nobody here wrote. It ends with this JVM, however this JVM ends.
 */
final class ModelServer implements AutoCloseable {
  private static final String VERSION = "2026.10.11549";
  private static final String WHEEL =
      "xllamacpp==%s --hash=sha256:c54e7d13520ecc989c63dc99d55de3065e2f343a91f43f053d16b5e62077c261\n"
          .formatted(VERSION);

  private final Process process;
  private final String url;

  private ModelServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Installs it once per machine; where that is not possible the test is skipped, but not in CI.
   */
  static ModelServer start() {
    try {
      var script =
          Path.of(ModelServer.class.getResource("/io/candor/serving/model_server.py").getPath());
      var builder =
          new ProcessBuilder("python3", script.toString(), LocalModel.file().toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("PYTHONPATH", installed().toString());
      var process = builder.start();
      var out = new BufferedReader(new InputStreamReader(process.getInputStream()));
      var line = out.readLine();
      if (line == null) {
        throw new IOException("the model server ended with " + process.waitFor());
      }
      return new ModelServer(process, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path installed() throws IOException, InterruptedException {
    var parts = CandorHome.locate().parts();
    var folder = parts.resolve("test-xllamacpp-" + VERSION);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    // a set-up clears away what a process that is gone left under this name
    var staging =
        Files.createDirectories(
            parts.resolve(".fetching-%d-xllamacpp".formatted(ProcessHandle.current().pid())));
    var requirements = Files.writeString(staging.resolve("requirements.txt"), WHEEL);
    var command = new ArrayList<>(List.of("python3", "-m", "pip", "install", "--no-deps"));
    command.addAll(List.of("--only-binary=:all:", "--require-hashes", "--no-input"));
    command.addAll(List.of("--disable-pip-version-check", "--no-cache-dir", "--quiet"));
    command.addAll(List.of("--target", staging.resolve("content").toString()));
    command.addAll(List.of("-r", requirements.toString()));
    try {
      var pip = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(pip.getInputStream().readAllBytes()).strip();
      if (pip.waitFor() != 0) {
        throw new IOException(said);
      }
      Files.move(staging.resolve("content"), folder);
      return folder;
    } catch (IOException e) {
      var reason = "xllamacpp, a wheel for CPython 3.10+ on linux-x64, cannot be installed: " + e;
      return System.getenv("CI") == null ? abort(reason) : fail(reason);
    } finally {
      CandorParts.delete(staging);
    }
  }

  /** The API's base address. */
  String url() {
    return url + "/v1";
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
