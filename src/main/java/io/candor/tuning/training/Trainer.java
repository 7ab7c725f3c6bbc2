package io.candor.tuning.training;

import io.candor.tuning.training.Checkpoint.State;
import io.candor.tuning.training.TrainingEvent.End;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains: batches, gradients, AdamW with warm-up and cosine decay, validations, checkpoints. The
 * same settings and examples give the same result, interrupted or not.
 */
final class Trainer {
  private static final int STEPS_BETWEEN_CHECKPOINTS = 10;

  /** Seeds of dropout are this far apart from step to step, more than a step has batches. */
  private static final long SEEDS_OF_A_STEP = 1_000;

  private final Differentiation model;
  private final Trainable trained;
  private final AdamW optimiser;
  private final TrainingSettings settings;
  private final Batches training;
  private final List<TokenisedExample> validation;
  private final Checkpoint checkpoint;
  private final Path best;
  private final int stepsOfEpoch;
  private final LearningRate learningRate;
  private final Consumer<TrainingEvent> listener;
  private final BooleanSupplier interrupted;

  /**
   * @param folder for the checkpoint and the best result so far
   * @param listener is told of every step
   * @param interrupted whether to stop after the step at hand
   */
  Trainer(
      Differentiation model,
      Trainable trained,
      TrainingSettings settings,
      Examples examples,
      Path folder,
      Consumer<TrainingEvent> listener,
      BooleanSupplier interrupted) {
    this.model = model;
    this.trained = trained;
    this.settings = settings;
    this.training = new Batches(examples.train(), settings.batchTokens());
    this.validation = examples.validation();
    this.listener = listener;
    this.interrupted = interrupted;
    optimiser = new AdamW(trained.parameters(), settings.weightDecay());
    checkpoint =
        new Checkpoint(folder.resolve("state.gguf"), trained.parameters(), optimiser.state());
    best = folder.resolve("best.gguf");
    stepsOfEpoch = epoch(0).size();
    learningRate = new LearningRate(settings.learningRate(), settings.warmup(), steps());
  }

  /** Examples to learn from and, if any, to validate on. */
  record Examples(List<TokenisedExample> train, List<TokenisedExample> validation) {}

  /** The file with the best result: with the lowest validation loss, or the last one. */
  Path best() {
    return best;
  }

  int steps() {
    return settings.epochs() * stepsOfEpoch;
  }

  /** Trains from the checkpoint on, or from the beginning, to the end or an interruption. */
  End run() throws IOException {
    var state = checkpoint.read().orElse(State.START);
    var epoch = epoch(state.step() / stepsOfEpoch);
    tell(new TrainingEvent.Started(state.step(), steps(), parameters()));
    if (state.step() == 0) {
      validate(state);
    }
    while (state.step() < steps() && state.sinceBest() < settings.patience()) {
      if (interrupted.getAsBoolean()) {
        checkpoint.write(state);
        return end(state, End.INTERRUPTED);
      }
      int inEpoch = state.step() % stepsOfEpoch;
      if (inEpoch == 0) {
        epoch = epoch(state.step() / stepsOfEpoch);
      }
      state = state.next();
      tell(step(state.step(), epoch.get(inEpoch)));
      if (isValidated(state.step())) {
        state = validated(state);
      }
      if (state.step() % STEPS_BETWEEN_CHECKPOINTS == 0) {
        checkpoint.write(state);
      }
    }
    checkpoint.write(state);
    return end(state, state.step() < steps() ? End.STOPPED_EARLY : End.DONE);
  }

  private List<List<List<TokenisedExample>>> epoch(int number) {
    return training.epoch(number, settings.accumulation(), settings.seed());
  }

  private TrainingEvent.Step step(int step, List<List<TokenisedExample>> batches) {
    long began = System.nanoTime();
    long answers = 0;
    long tokens = 0;
    for (var batch : batches) {
      answers += batch.stream().mapToInt(TokenisedExample::answerLength).sum();
      tokens += batch.stream().mapToInt(TokenisedExample::length).sum();
    }
    double loss = 0;
    for (int i = 0; i < batches.size(); i++) {
      long seed = (settings.seed() * 1_000_003 + step) * SEEDS_OF_A_STEP + i;
      var dropout = new Dropout(settings.full() ? 0 : settings.dropout(), seed);
      loss += model.addGradients(Batch.of(batches.get(i)), 1.0 / answers, dropout);
    }
    double rate = learningRate.at(step);
    double gradient = optimiser.step(step, rate, settings.clip());
    if (!Double.isFinite(loss)) {
      throw new IllegalArgumentException(
          "the loss is no number any more at step %d: lower the learning rate".formatted(step));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new TrainingEvent.Step(step, loss / answers, rate, gradient, tokens, seconds);
  }

  /** So many times an epoch, evenly; the last step is one of them. */
  private boolean isValidated(int step) {
    return validationsBy(step) > validationsBy(step - 1);
  }

  private long validationsBy(int step) {
    return (long) step * settings.validations() / stepsOfEpoch;
  }

  /** Without examples to validate on, the last parameters are the best. */
  private State validated(State state) throws IOException {
    var after = validation.isEmpty() ? state : state.after(validate(state));
    if (validation.isEmpty() || after.sinceBest() == 0) {
      trained.write(best);
    }
    return after;
  }

  private double validate(State state) {
    if (validation.isEmpty()) {
      return Double.NaN;
    }
    double loss = 0;
    long answers = 0;
    for (var batch : new Batches(validation, settings.batchTokens()).sorted()) {
      loss += model.loss(Batch.of(batch));
      answers += batch.stream().mapToInt(TokenisedExample::answerLength).sum();
    }
    double mean = loss / answers;
    tell(new TrainingEvent.Validation(state.step(), mean, mean < state.best()));
    return mean;
  }

  private long parameters() {
    return trained.parameters().values().stream().mapToLong(p -> p.numel()).sum();
  }

  private End end(State state, End end) {
    tell(new TrainingEvent.Ended(state.step(), end));
    return end;
  }

  private void tell(TrainingEvent event) {
    listener.accept(event);
  }
}
