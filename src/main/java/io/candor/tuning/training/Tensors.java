package io.candor.tuning.training;

import io.candor.serving.lora.GgufWriter;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What libtorch's Java interface says in many words. */
final class Tensors {
  private Tensors() {}

  /**
   * Lets oneDNN multiply, here where libtorch would ask MKL, which leaves AVX-512 to Intel's
   * processors. "Medium" allows it to round factors to bfloat16, which it does only where that is
   * faster still: with AMX. Sums stay in 32 bits.
   */
  static void multiplyFast() {
    torch.globalContext().setFloat32MatmulPrecision("medium");
  }

  /** Copies values to native memory. */
  static void put(float[] values, long address) {
    var from = MemorySegment.ofArray(values);
    MemorySegment.ofAddress(address).reinterpret(from.byteSize()).copyFrom(from);
  }

  static Tensor of(float[] values, long... shape) {
    return AbstractTensor.create(values, shape);
  }

  static Tensor of(int[] values) {
    var longs = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      longs[i] = values[i];
    }
    return AbstractTensor.create(longs, longs.length);
  }

  /** The values, as floats, row after row. */
  static float[] floats(Tensor tensor) {
    try (var _ = new PointerScope()) {
      var plain = tensor.detach().to(ScalarType.Float).contiguous();
      var values = new float[Math.toIntExact(plain.numel())];
      plain.data_ptr_float().get(values);
      return values;
    }
  }

  /** As GGUF files hold them. */
  static List<GgufWriter.Values> named(Map<String, Tensor> tensors) {
    return tensors.entrySet().stream()
        .map(entry ->
            new GgufWriter.Values(
                entry.getKey(),
                Arrays.stream(entry.getValue().shape()).boxed().toList().reversed(),
                () -> floats(entry.getValue())))
        .toList();
  }

  static Tensor cat(long dimension, Tensor... parts) {
    return torch.cat(new TensorVector(parts), dimension);
  }

  /**
   * Goes on with a backward pass that came down to a tensor: a product's derivative is its factor.
   */
  static void backward(Tensor tensor, Tensor gradient) {
    tensor.mul(gradient).sum().backward();
  }

  static Scalar scalar(double value) {
    return new Scalar(value);
  }

  /** Lets a tensor outlive the innermost scope, for the one around it. */
  static Tensor handOver(Tensor tensor) {
    var scopes = PointerScope.getScopeIterator();
    var inner = scopes.next();
    scopes.next().attach(tensor); // first: what is in no scope is freed
    inner.detach(tensor);
    return tensor;
  }
}
