package io.candor.tuning.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.tuning.training.TrainingEvent.End;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
   * @throws IllegalStateException that says why it failed
   */
  static End run(Path folder, TrainingRun.Machine machine, Consumer<TrainingEvent> listener)
      throws IOException {
    var process =
        of(TrainingWorker.class, machine, folder, machine.base())
            .redirectError(Redirect.appendTo(RunFolder.log(folder).toFile()))
            .start();
    var stop =
        new Thread(() -> {
          process.toHandle().destroy(); // and not its output, which tells how it ended
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

  /** A JVM of this application with libtorch, which runs a class. */
  static ProcessBuilder of(Class<?> main, TrainingRun.Machine machine, Path... arguments) {
    var libtorch = machine.libtorch();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "--enable-native-access=ALL-UNNAMED"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dorg.bytedeco.openblas.load=mkl");
    var unpacked = libtorch.resolveSibling(libtorch.getFileName() + "-unpacked");
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + unpacked);
    command.add("-XX:ErrorFile=" + unpacked + "-crash-%p.log");
    // Scopes free what libtorch allocates; JavaCPP need neither count nor collect it.
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add("-Dorg.bytedeco.javacpp.maxbytes=0");
    command.add("-Dorg.bytedeco.javacpp.nopointergc=true");
    command.addAll(
        List.of("-cp", machine.classPath() + File.pathSeparator + libtorch.resolve("*")));
    command.add(main.getName());
    Arrays.stream(arguments).map(Path::toString).forEach(command::add);
    var builder = new ProcessBuilder(command);
    // Two pools of threads would spin against each other, and each against other processes.
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    for (var threads : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS")) {
      builder.environment().put(threads, Integer.toString(machine.threads()));
    }
    return builder;
  }
}
