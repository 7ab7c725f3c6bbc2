package io.candor.tuning.training;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How fast the trainer is at a shape that others can be measured at too: four examples of 320
 * tokens that share nothing, with a loss on the last 80, and an adapter of rank 16 for queries and
 * values.
 */
public final class TrainingSpeed {
  public static final int EXAMPLES = 4;
  public static final int LENGTH = 320;
  public static final int ANSWER = 80;
  private static final int WARM_UP = 2;
  private static final int STEPS = 10;

  private TrainingSpeed() {}

  /** Tokens a second, in a process like that which trains; takes about a minute. */
  public static double measure(TrainingRun.Machine machine) throws IOException {
    var process =
        TrainingProcess.of(TrainingSpeed.class, machine, machine.base())
            .redirectError(Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      var line = lines.readLine();
      if (line == null) {
        throw new IllegalStateException("the process that trains ended before it was measured");
      }
      return Double.parseDouble(line);
    } finally {
      process.destroy();
    }
  }

  /** Measures on a base, the argument. */
  public static void main(String[] arguments) throws IOException {
    // libtorch does not like to be unloaded while it computes
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(1)));
    Tensors.multiplyFast();
    try (var _ = new PointerScope();
        var base = new BaseModel(Path.of(arguments[0]), false, ScalarType.Float)) {
      var settings = new LoraSettings(16, 32, 0, List.of("attn_q", "attn_v"));
      var lora = new Lora("speed", settings, base.shape(), ScalarType.Float, 1);
      var model = new Differentiation(base, new Llama(base, lora));
      var optimiser = new AdamW(lora.parameters(), 0);
      var batch = batch(base.shape().vocabulary());
      var seconds = new ArrayList<Double>();
      for (int step = 1; step <= WARM_UP + STEPS; step++) {
        long began = System.nanoTime();
        model.addGradients(batch, 1.0 / (EXAMPLES * ANSWER), Dropout.NONE);
        optimiser.step(step, 5e-4, 1);
        seconds.add((System.nanoTime() - began) / 1e9);
      }
      var measured = seconds.stream().skip(WARM_UP).sorted().toList();
      System.out.println(EXAMPLES * LENGTH / measured.get(STEPS / 2));
    }
    Runtime.getRuntime().halt(0);
  }

  private static Batch batch(int vocabulary) {
    var random = new Random(1);
    var examples = new ArrayList<TokenisedExample>();
    for (int i = 0; i < EXAMPLES; i++) {
      // A token more than are computed: the last one is only predicted.
      int[] tokens = random.ints(LENGTH + 1, 0, vocabulary).toArray();
      examples.add(new TokenisedExample(tokens, LENGTH + 1 - ANSWER));
    }
    return Batch.plain(examples);
  }
}
