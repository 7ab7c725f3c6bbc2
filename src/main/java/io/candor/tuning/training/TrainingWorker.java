package io.candor.tuning.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.tuning.training.TrainingEvent.End;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The process that trains, apart from any other for libtorch's memory and thread pools. It is told
 * to stop by a signal or by nobody reading what it tells, and then writes a checkpoint first.
 */
final class TrainingWorker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS_TO_STOP = 120;

  private final Path folder;
  private final PrintStream out;
  private volatile boolean interrupted;

  private TrainingWorker(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Trains the run in a folder on a base, the first and second argument. */
  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var worker = new TrainingWorker(Path.of(arguments[0]), out);
    var stopped = new CountDownLatch(1);
    var stop = new Thread(() -> worker.stop(stopped));
    Runtime.getRuntime().addShutdownHook(stop);
    int code = worker.work(Path.of(arguments[1]));
    stopped.countDown();
    Runtime.getRuntime().halt(code); // libtorch's threads have nothing to say at the end
  }

  private void stop(CountDownLatch stopped) {
    interrupted = true;
    try {
      stopped.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int work(Path base) {
    try {
      train(base);
      return 0;
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      e.printStackTrace();
      tell(new TrainingEvent.Failed(reason(e)));
      return 1;
    }
  }

  private static String reason(Throwable e) {
    var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.contains("alloc") ? "not enough memory: lower --batch-tokens" : message;
  }

  private void train(Path file) throws IOException {
    var run = RunRecord.read(folder);
    var settings = run.settings();
    var examples = RunFolder.examples(folder);
    Tensors.multiplyFast();
    try (var _ = new PointerScope();
        var base = new BaseModel(file, settings.quantised(), ScalarType.Float)) {
      var lora = settings.full() ? Lora.none(base.shape()) : adapter(run, base.shape());
      var model = new Differentiation(base, new Llama(base, lora));
      var trainer =
          new Trainer(
              model,
              settings.full() ? new WholeModel(base) : lora,
              settings,
              examples,
              RunFolder.checkpoint(folder),
              this::tell,
              () -> interrupted);
      if (trainer.run() != End.INTERRUPTED) {
        Files.move(
            trainer.best(),
            RunFolder.result(folder, settings),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Lora adapter(RunRecord run, LlamaShape shape) {
    var settings = run.settings();
    return new Lora(run.name(), settings.lora(), shape, ScalarType.Float, settings.seed());
  }

  private void tell(TrainingEvent event) {
    try {
      out.println(JSON.writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    if (out.checkError()) {
      interrupted = true; // whoever started this is gone
    }
  }
}
