package io.candor.tuning.training;

import io.candor.tuning.training.RunCurves.Loss;
import io.candor.tuning.training.RunCurves.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Adds losses to {@code run.json} and {@code curves.html} as they come. */
final class CurveRecorder {
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(5);

  private final Path folder;
  private final RunRecord run;
  private final List<Point> train;
  private final List<Loss> validation;
  private long written = System.nanoTime();

  /** Goes on with what the run's record has. */
  CurveRecorder(Path folder) throws IOException {
    this.folder = folder;
    run = RunRecord.read(folder);
    train = new ArrayList<>(run.curves().train());
    validation = new ArrayList<>(run.curves().validation());
  }

  /** Takes what a training process tells. */
  void accept(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> forgetAfter(started.step());
      case TrainingEvent.Step step ->
          train.add(new Point(step.step(), step.loss(), step.tokensPerSecond()));
      case TrainingEvent.Validation validated ->
          validation.add(new Loss(validated.step(), validated.loss()));
      case TrainingEvent.Ended _, TrainingEvent.Failed _ -> write();
    }
    if (System.nanoTime() - written > BETWEEN_WRITES.toNanos()) {
      write();
    }
  }

  /** What came after the checkpoint that training goes on from is done again. */
  private void forgetAfter(int step) {
    train.removeIf(point -> point.step() > step);
    validation.removeIf(loss -> loss.step() > step || step == 0);
  }

  RunRecord record() {
    return run.with(new RunCurves(train, validation));
  }

  /** Writes what came since the last time. */
  void write() {
    written = System.nanoTime();
    try {
      record().write(folder);
      CurvesPage.write(record(), folder.resolve("curves.html"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }
}
