package io.candor.tuning.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.tuning.training.TrainingEvent.End;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Starts the process that trains, and listens to it. */
final class TrainingProcess {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainingProcess() {}

  /**
   * Trains the run in a folder to its end. When this JVM is told to stop, so is that process, which
   * writes a checkpoint first.
   *
   * @param libtorch the folder of its jars
   * @throws IllegalStateException that says why it failed
   */
  static End run(
      Path folder,
      Path base,
      String classPath,
      Path libtorch,
      int threads,
      Consumer<TrainingEvent> listener)
      throws IOException {
    var builder =
        new ProcessBuilder(command(folder, base, classPath, libtorch))
            .redirectError(Redirect.appendTo(RunFolder.log(folder).toFile()));
    // Two pools of threads would spin against each other, and each against other processes.
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("MKL_NUM_THREADS", Integer.toString(threads));
    var process = builder.start();
    var stop =
        new Thread(() -> {
          process.destroy();
          process.onExit().join();
        });
    Runtime.getRuntime().addShutdownHook(stop);
    TrainingEvent last = new TrainingEvent.Failed("it said nothing");
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{")) {
          last = JSON.readValue(line, TrainingEvent.class);
          listener.accept(last);
        }
      }
    }
    int code = process.onExit().join().exitValue();
    return switch (last) {
      case TrainingEvent.Ended ended when code == 0 -> ended.end();
      case TrainingEvent.Failed failed ->
          throw new IllegalStateException(
              "training failed: %s; see %s".formatted(failed.reason(), RunFolder.log(folder)));
      default ->
          throw new IllegalStateException(
              "the training process ended with code %d (137: killed, often for memory); --resume goes on; see %s"
                  .formatted(code, RunFolder.log(folder)));
    };
  }

  private static List<String> command(Path folder, Path base, String classPath, Path libtorch) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx2g",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dorg.bytedeco.openblas.load=mkl",
        "-Dorg.bytedeco.javacpp.cachedir="
            + libtorch.resolveSibling(libtorch.getFileName() + "-unpacked"),
        // Scopes free what libtorch allocates; JavaCPP need neither count nor collect it.
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
        "-Dorg.bytedeco.javacpp.maxbytes=0",
        "-Dorg.bytedeco.javacpp.nopointergc=true",
        "-cp",
        classPath + File.pathSeparator + libtorch.resolve("*"),
        TrainingWorker.class.getName(),
        folder.toString(),
        base.toString());
  }
}
