package io.candor.tuning.training;

import io.candor.serving.lora.LoraAdapter;
import io.candor.serving.lora.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The adapter that is trained: beside a weight W, which stays as it is, {@code alpha / rank · B ·
 * A} (Hu et al. 2021). A starts at random and B at zero, so that training starts at the base.
 */
final class Lora implements Trainable {
  private static final String A = ".lora_a";
  private static final String B = ".lora_b";

  private final String name;
  private final LoraSettings settings;
  private final LlamaShape shape;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Scalar scale;
  private final Scalar one = new Scalar(1.0);

  /** A new adapter; the caller's scope owns it. */
  Lora(String name, LoraSettings settings, LlamaShape shape, ScalarType precision, long seed) {
    this(name, settings, shape);
    var random = new SplittableRandom(seed);
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (var target : settings.targets()) {
        int[] size = LoraSettings.size(target, shape);
        var a = Tensors.of(uniform(random, settings.rank(), size[0]), settings.rank(), size[0]);
        var b = torch.zeros(size[1], settings.rank());
        var weight = weight(layer, target);
        parameters.put(weight + A, a.to(precision).requires_grad_(true));
        parameters.put(weight + B, b.to(precision).requires_grad_(true));
      }
    }
  }

  /** One that changes nothing, where all weights are trained. */
  static Lora none(LlamaShape shape) {
    return new Lora("none", new LoraSettings(1, 1, 0, List.of("attn_q")), shape);
  }

  private Lora(String name, LoraSettings settings, LlamaShape shape) {
    this.name = name;
    this.settings = settings;
    this.shape = shape;
    scale = new Scalar(settings.scale());
  }

  /** As PyTorch's linear layers and so Hugging Face PEFT begin: within one over the root. */
  private static float[] uniform(SplittableRandom random, int rows, int length) {
    var values = new float[rows * length];
    double bound = 1 / Math.sqrt(length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    return values;
  }

  private static String weight(int layer, String target) {
    return "blk.%d.%s.weight".formatted(layer, target);
  }

  double dropout() {
    return settings.dropout();
  }

  /** Whether it changes one of these weights of a layer. */
  boolean changes(int layer, List<String> targets) {
    return targets.stream().anyMatch(t -> parameters.containsKey(weight(layer, t) + A));
  }

  /** What the weight makes of the input, with what the adapter adds. */
  Tensor adapt(int layer, String target, Tensor input, Tensor output) {
    var weight = weight(layer, target);
    var a = parameters.get(weight + A);
    return a == null
        ? output
        : torch.addmm(output, torch.linear(input, a), parameters.get(weight + B).t(), one, scale);
  }

  @Override
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  @Override
  public void write(Path file) throws IOException {
    var pairs = new LinkedHashMap<String, LoraAdapter.Matrices>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (var target : settings.targets()) {
        var weight = weight(layer, target);
        pairs.put(weight, new LoraAdapter.Matrices(matrix(weight + A), matrix(weight + B)));
      }
    }
    LoraAdapter.write(file, name, shape.architecture(), (float) settings.alpha(), pairs);
  }

  private Matrix matrix(String parameter) {
    var tensor = parameters.get(parameter);
    return new Matrix(Math.toIntExact(tensor.size(1)), Tensors.floats(tensor));
  }
}
