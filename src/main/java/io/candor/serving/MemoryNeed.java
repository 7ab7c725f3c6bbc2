package io.candor.serving;

import java.lang.management.ManagementFactory;
import org.jboss.logging.Logger;

/**
 * The memory that a local model takes, told before it is taken.
 *
 * @param weights bytes of the model file, which is mapped
 * @param cells bytes of keys and values of all sequences
 * @param buffers bytes to compute in, about
 */
record MemoryNeed(long weights, long cells, long buffers) {
  private static final Logger LOG = Logger.getLogger(MemoryNeed.class);

  private static final int VALUE_BYTES = 2;

  /** Beside the scores of all tokens, a row has its states in each part of a layer. */
  private static final int STATES = 16;

  static MemoryNeed of(LlamaModel model, long weights, int sequences, int room, int rows) {
    var shape = model.shape();
    long keyWidth = (long) shape.headSize() * shape.keyHeads();
    double cell = keyWidth * shape.layers() * (KeyType.of(shape).bytes() + VALUE_BYTES);
    long buffers = (long) rows * Float.BYTES * (model.vocabularySize() + STATES * shape.width());
    return new MemoryNeed(weights, (long) (cell * sequences * room), buffers);
  }

  long bytes() {
    return weights + cells + buffers;
  }

  /**
   * Says what is needed.
   *
   * @throws IllegalStateException if the machine has not that much in all
   */
  void check() {
    var machine =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    LOG.info("the local model takes " + this);
    if (bytes() > machine.getTotalMemorySize()) {
      throw new IllegalStateException(
          "the local model needs %s, but this machine has %d MB; "
              .concat("lower candor.serving.sequences or context-size, or take a smaller model")
              .formatted(this, machine.getTotalMemorySize() / 1_000_000));
    }
  }

  @Override
  public String toString() {
    return "%d MB (weights %d, sequences %d, buffers %d)"
        .formatted(
            bytes() / 1_000_000, weights / 1_000_000, cells / 1_000_000, buffers / 1_000_000);
  }
}
