package io.candor.tuning.training;

import io.candor.serving.ChatTokens;
import io.candor.serving.ModelIdentity;
import io.candor.serving.lora.GgufReader;
import io.candor.tuning.dataset.Dataset;
import io.candor.tuning.training.TrainingEvent.End;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A run from its folder on: {@code ./candor tune} begins it, trains, and can go on with it. */
public final class TrainingRun {
  private final Path folder;

  private TrainingRun(Path folder) {
    this.folder = folder;
  }

  /**
   * What a run needs of this machine.
   *
   * @param base the model's GGUF file
   * @param llama the folder of llama.cpp's libraries
   * @param libtorch the folder of its jars
   * @param classPath of a JVM with this application
   */
  public record Machine(Path base, Path llama, Path libtorch, String classPath, int threads) {}

  /**
   * Prepares a run: its folder has all that training needs.
   *
   * @throws IllegalArgumentException if the base cannot be tuned, nothing is left to learn from, or
   *     the disk is too full
   */
  public static TrainingRun begin(
      Path folder,
      String name,
      Dataset dataset,
      TrainingSettings settings,
      Machine machine,
      PrintStream out)
      throws IOException {
    var shape = shape(machine.base());
    Files.createDirectories(folder);
    RunFolder.requireSpace(folder, shape, settings);
    int most = Math.min(settings.batchTokens(), shape.context());
    try (var tokens = new ChatTokens(machine.llama(), machine.base())) {
      var reading = new ExampleTokens(tokens, most);
      var examples =
          new Trainer.Examples(reading.of(dataset.train()), reading.of(dataset.validation()));
      if (reading.tooLong() > 0) {
        out.printf(
            "%d examples have more than %d tokens and are left out (--batch-tokens)%n",
            reading.tooLong(), most);
      }
      if (examples.train().isEmpty()) {
        throw new IllegalArgumentException("no example is left to learn from");
      }
      RunFolder.write(folder, examples);
      var identity = ModelIdentity.of(machine.base());
      new RunRecord(
              name,
              new RunRecord.Base(identity.base(), identity.sha256()),
              new RunRecord.Data(
                  dataset.sha256(), examples.train().size(), examples.validation().size()),
              settings,
              RunCurves.NONE,
              now(),
              null,
              null)
          .write(folder);
    }
    return new TrainingRun(folder);
  }

  /**
   * A run that was stopped.
   *
   * @throws IllegalArgumentException if there is none in the folder, or it is finished
   */
  public static TrainingRun resume(Path folder) throws IOException {
    if (!RunRecord.isIn(folder)) {
      throw new IllegalArgumentException("there is no run in %s".formatted(folder));
    }
    if (RunRecord.read(folder).finished() != null) {
      throw new IllegalArgumentException("the run in %s is finished".formatted(folder));
    }
    return new TrainingRun(folder);
  }

  /** What {@code run.json} says. */
  public RunRecord record() throws IOException {
    return RunRecord.read(folder);
  }

  /** Trains to the end; false where it was interrupted and can go on. */
  public boolean train(Machine machine, PrintStream out) throws IOException {
    var identity = ModelIdentity.of(machine.base());
    if (!identity.sha256().equals(record().base().sha256())) {
      throw new IllegalArgumentException(
          "the run began on the base %s, not on %s"
              .formatted(record().base().name(), identity.base()));
    }
    var need =
        TrainingMemory.of(
            shape(machine.base()), record().settings(), RunFolder.examples(folder).train());
    out.println("training takes about " + need);
    need.check();
    var curves = new CurveRecorder(folder);
    var display = new TrainingDisplay(out, RunFolder.log(folder));
    End end;
    try {
      end =
          TrainingProcess.run(
              folder,
              machine,
              event -> {
                curves.accept(event);
                display.show(event);
              });
    } finally {
      curves.write();
    }
    if (end == End.INTERRUPTED) {
      return false;
    }
    curves
        .record()
        .finished(now(), ModelIdentity.hash(RunFolder.result(folder, record().settings())))
        .write(folder);
    return true;
  }

  private static LlamaShape shape(Path base) throws IOException {
    try (var reader = new GgufReader(base)) {
      return LlamaShape.of(reader);
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
