package io.candor.tuning.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.serving.TokenScores;
import io.candor.tuning.training.TrainingEvent.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a small model, whose examples follow a rule that it can learn. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "no libtorch is fetched")
class TrainerTest {
  private static final Path BASE = Path.of("src/test/resources/peft/llama/base.gguf");

  @TempDir private Path scratch;

  /** Threads that wait by spinning take long where other tests run too. */
  @BeforeAll
  static void oneThread() {
    torch.set_num_threads(1);
  }

  private static TrainingSettings settings(double rate, int epochs, int patience, long seed) {
    return settings(false, rate, epochs, patience, seed);
  }

  private static TrainingSettings settings(
      boolean full, double rate, int epochs, int patience, long seed) {
    return new TrainingSettings(
        4,
        8,
        0.1,
        List.of("attn_q", "attn_v"),
        full,
        false,
        rate,
        0.1,
        0.01,
        1,
        epochs,
        200,
        2,
        2,
        patience,
        seed);
  }

  /** After the same beginning, the answer says the question's letters again. */
  private static List<TokenisedExample> examples(int count, long seed) {
    var random = new Random(seed);
    var examples = new ArrayList<TokenisedExample>();
    for (int i = 0; i < count; i++) {
      int length = 3 + random.nextInt(5);
      var tokens = new int[10 + 2 * length];
      Arrays.fill(tokens, 0, 10, 35);
      for (int t = 0; t < length; t++) {
        tokens[10 + t] = 97 + random.nextInt(6);
        tokens[10 + length + t] = tokens[10 + t];
      }
      examples.add(new TokenisedExample(tokens, 10 + length));
    }
    return examples;
  }

  private record Run(End end, List<TrainingEvent> events, Path best) {
    double firstValidation() {
      return validations().getFirst().loss();
    }

    double lowestValidation() {
      return validations().stream().mapToDouble(TrainingEvent.Validation::loss).min().orElseThrow();
    }

    private List<TrainingEvent.Validation> validations() {
      return events.stream()
          .filter(TrainingEvent.Validation.class::isInstance)
          .map(TrainingEvent.Validation.class::cast)
          .toList();
    }

    int steps() {
      return (int) events.stream().filter(TrainingEvent.Step.class::isInstance).count();
    }
  }

  private Run train(String folder, TrainingSettings settings) throws IOException {
    return train(folder, settings, event -> {}, Integer.MAX_VALUE);
  }

  /** Stops in an orderly way after so many steps. */
  private Run train(
      String name, TrainingSettings settings, Consumer<TrainingEvent> listener, int steps)
      throws IOException {
    var folder = Files.createDirectories(scratch.resolve(name));
    try (var _ = new PointerScope();
        var base = new BaseModel(BASE, settings.quantised(), ScalarType.Float)) {
      var lora =
          settings.full()
              ? Lora.none(base.shape())
              : new Lora("t", settings.lora(), base.shape(), ScalarType.Float, settings.seed());
      var events = new ArrayList<TrainingEvent>();
      var trainer =
          new Trainer(
              new Differentiation(base, new Llama(base, lora)),
              settings.full() ? new WholeModel(base) : lora,
              settings,
              new Trainer.Examples(examples(80, 1), examples(12, 2)),
              folder,
              event -> {
                events.add(event);
                listener.accept(event);
              },
              () -> events.stream().filter(TrainingEvent.Step.class::isInstance).count() >= steps);
      return new Run(trainer.run(), events, trainer.best());
    }
  }

  @Test
  void whatIsLearntIsValidated() throws Exception {
    var run = train("learn", settings(0.02, 6, 9, 1));
    assertEquals(End.DONE, run.end());
    assertTrue(
        run.lowestValidation() < 0.6 * run.firstValidation(),
        run.firstValidation() + " to " + run.lowestValidation());
  }

  @Test
  void validationsAreEvenlySpacedAndTheLastStepIsOneOfThem() throws Exception {
    var run = train("spaced", settings(0.02, 3, 9, 1));
    var steps = run.validations().stream().map(TrainingEvent.Validation::step).toList();
    assertEquals(1 + 3 * 2, steps.size(), steps::toString);
    assertEquals(run.steps(), steps.getLast());
    var gaps =
        IntStream.range(1, steps.size())
            .map(i -> steps.get(i) - steps.get(i - 1))
            .summaryStatistics();
    assertTrue(gaps.getMax() - gaps.getMin() <= 1, steps::toString);
  }

  @Test
  void theSameSeedGivesTheSameAdapterAndAnotherSeedAnother() throws Exception {
    var one = Files.readAllBytes(train("one", settings(0.02, 2, 9, 1)).best());
    var same = Files.readAllBytes(train("same", settings(0.02, 2, 9, 1)).best());
    var other = Files.readAllBytes(train("other", settings(0.02, 2, 9, 2)).best());
    assertArrayEquals(one, same);
    assertFalse(Arrays.equals(one, other));
  }

  @Test
  void anInterruptedRunGoesOnToTheSameAdapter() throws Exception {
    var settings = settings(0.02, 3, 9, 1);
    var whole = train("whole", settings);
    var first = train("parts", settings, event -> {}, 7);
    assertEquals(End.INTERRUPTED, first.end());
    var second = train("parts", settings);
    assertEquals(End.DONE, second.end());
    assertEquals(whole.steps(), first.steps() + second.steps());
    assertArrayEquals(Files.readAllBytes(whole.best()), Files.readAllBytes(second.best()));
  }

  @Test
  void aRunThatDiesGoesOnFromItsCheckpointToTheSameAdapter() throws Exception {
    var settings = settings(0.02, 3, 9, 1);
    var whole = train("alive", settings);
    assertThrows(
        IllegalStateException.class,
        () -> train("dead", settings, TrainerTest::dieAtStep13, Integer.MAX_VALUE));
    var second = train("dead", settings);
    assertEquals(whole.steps() - 10, second.steps());
    assertArrayEquals(Files.readAllBytes(whole.best()), Files.readAllBytes(second.best()));
  }

  private static void dieAtStep13(TrainingEvent event) {
    if (event instanceof TrainingEvent.Step step && step.step() == 13) {
      throw new IllegalStateException("as a kill would");
    }
  }

  @Test
  void trainingStopsEarlyWhenValidationGainsNoMore() throws Exception {
    var run = train("diverging", settings(3, 20, 2, 1));
    assertEquals(End.STOPPED_EARLY, run.end());
    assertTrue(run.steps() < 60, run.steps() + " steps");
  }

  @Test
  void allWeightsAreTrainedAndWrittenAsAModelThatTheEngineReads() throws Exception {
    var run = train("full", settings(true, 0.003, 6, 9, 1));
    assertTrue(run.lowestValidation() < 0.6 * run.firstValidation());
    double loss = 0;
    int answers = 0;
    try (var engine = new TokenScores(run.best())) {
      for (var example : examples(12, 2)) {
        var scores = engine.of(example.tokens());
        for (var score : scores.subList(example.answerStart() - 1, scores.size())) {
          loss -= score;
          answers++;
        }
      }
    }
    assertEquals(run.lowestValidation(), loss / answers, 0.03);
  }
}
