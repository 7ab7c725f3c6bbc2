package io.candor.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.cli.Figure.Bound;
import io.candor.cli.Figure.Unit;
import io.candor.embedded.CandorHome;
import io.candor.tuning.training.TrainingRun;
import io.candor.tuning.training.TrainingSpeed;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the trainer is, and beside it Hugging Face PEFT where a Python has it; in turns, so that
 * whatever else the machine does slows both.
 */
final class TrainingBench {
  private static final int ROUNDS = 3;

  private final String python;
  private final PrintStream out;

  /** With the path of a Python with torch, transformers and peft, or null. */
  TrainingBench(String python, PrintStream out) {
    this.python = python;
    this.out = out;
  }

  List<Figure> measure() throws IOException, InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    TrainingRun.Machine machine = TuningMachine.of(CandorHome.locate(), null, threads, out);
    List<Double> own = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> ratiosAlike = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      own.add(TrainingSpeed.measure(machine));
      if (python != null) {
        ratios.add(own.getLast() / peft(threads, "highest"));
        ratiosAlike.add(own.getLast() / peft(threads, "medium"));
      }
      out.printf("training, round %d of %d%n", round + 1, ROUNDS);
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "training tokens/s",
            median(own),
            Unit.COUNT,
            Bound.AT_LEAST,
            0,
            "%d examples of %d tokens, loss on the last %d, LoRA of rank 16 on queries and values"
                .formatted(TrainingSpeed.EXAMPLES, TrainingSpeed.LENGTH, TrainingSpeed.ANSWER)));
    if (python != null) {
      figures.add(
          new Figure(
              "training",
              median(ratios),
              Unit.RATIO,
              Bound.AT_LEAST,
              1.3,
              "of Hugging Face PEFT as it comes, at the same shape, in turns"));
      figures.add(
          new Figure(
              "training, alike",
              median(ratiosAlike),
              Unit.RATIO,
              Bound.AT_LEAST,
              1,
              "of PEFT told to multiply with oneDNN, as the trainer does"));
    }
    return figures;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private double peft(int threads, String products) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            python,
            FreshClone.repository().resolve("docker/tuner/speed.py").toString(),
            "--threads",
            Integer.toString(threads),
            "--batch",
            Integer.toString(TrainingSpeed.EXAMPLES),
            "--length",
            Integer.toString(TrainingSpeed.LENGTH),
            "--answer",
            Integer.toString(TrainingSpeed.ANSWER),
            "--products",
            products);
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new CommandFailure(
          "%s could not measure PEFT: it needs torch, transformers and peft.".formatted(python));
    }
    return new ObjectMapper().readTree(said).path("tokens_per_second").asDouble();
  }
}
