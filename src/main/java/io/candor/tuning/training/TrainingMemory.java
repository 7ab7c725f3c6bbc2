package io.candor.tuning.training;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory that training takes, told before it is taken.
 *
 * @param weights bytes of the base, as floats, or of what is read of it at once
 * @param trained bytes of what is trained, with its gradients and the optimiser's two moments
 * @param states bytes of what the backward pass needs of the largest batch
 */
record TrainingMemory(long weights, long trained, long states) {
  /**
   * Floats that a row keeps in each layer, measured: so many widths of the states and of what feeds
   * them.
   */
  private static final int WIDTHS = 14;

  private static final int FEED_FORWARD_WIDTHS = 4;

  /** Logits, their softmax and their gradient. */
  private static final int LOGITS = 3;

  /** The Java part, libtorch's own code and buffers. */
  private static final long PROCESS = 600_000_000;

  private static final Path LINUX = Path.of("/proc/meminfo");

  static TrainingMemory of(
      LlamaShape shape, TrainingSettings settings, List<TokenisedExample> examples) {
    long rows = 0;
    long answering = 0;
    for (var batch : new Batches(examples, settings.batchTokens()).sorted()) {
      var cut = Batch.of(batch);
      rows = Math.max(rows, cut.rows());
      answering = Math.max(answering, cut.targets().length);
    }
    long layer = layerWeights(shape);
    long embeddings = (long) shape.vocabulary() * shape.width();
    long all = shape.layers() * layer + embeddings;
    long perRow = (long) WIDTHS * shape.width() + (long) FEED_FORWARD_WIDTHS * shape.feedForward();
    long kept =
        settings.quantised()
            ? (long) shape.layers() * shape.width() + perRow
            : shape.layers() * perRow;
    return new TrainingMemory(
        Float.BYTES * (settings.quantised() ? layer + embeddings : all),
        trained(shape, settings),
        Float.BYTES * (rows * kept + LOGITS * answering * shape.vocabulary()));
  }

  /**
   * Bytes of what is trained, of its gradients and of two moments; a full base is there already.
   */
  static long trained(LlamaShape shape, TrainingSettings settings) {
    long numbers =
        settings.full()
            ? shape.layers() * layerWeights(shape) + (long) shape.vocabulary() * shape.width()
            : adapter(shape, settings.lora());
    return Float.BYTES * (settings.full() ? 3 : 4) * numbers;
  }

  private static long layerWeights(LlamaShape shape) {
    long attention = 2L * shape.queryWidth() + 2L * shape.keyWidth();
    return (attention + 3L * shape.feedForward()) * shape.width();
  }

  private static long adapter(LlamaShape shape, LoraSettings settings) {
    long row = 0;
    for (var target : settings.targets()) {
      int[] size = LoraSettings.size(target, shape);
      row += size[0] + size[1];
    }
    return row * settings.rank() * shape.layers();
  }

  long bytes() {
    return weights + trained + states + PROCESS;
  }

  /**
   * Returns if there is that much.
   *
   * @throws IllegalArgumentException that says how to need less
   */
  void check() throws IOException {
    long available = available();
    if (bytes() > available) {
      throw new IllegalArgumentException(
          "training would take %s, but %.1f GB are available: lower --batch-tokens, or use --quantised"
              .formatted(this, available / 1e9));
    }
  }

  /** What can be had without swapping, as Linux says; elsewhere what the machine has. */
  private static long available() throws IOException {
    if (Files.isReadable(LINUX)) {
      for (var line : Files.readAllLines(LINUX)) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    }
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  @Override
  public String toString() {
    return "%.1f GB (weights %.1f, trained %.1f, states %.1f)"
        .formatted(bytes() / 1e9, weights / 1e9, trained / 1e9, states / 1e9);
  }
}
