package io.candor.tuning.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What training changes: an adapter, or all weights of a model. */
interface Trainable {
  /** The tensors that are trained, by name, always in the same order. */
  Map<String, Tensor> parameters();

  /** Writes what is served: an adapter or a model, as GGUF. */
  void write(Path file) throws IOException;
}
