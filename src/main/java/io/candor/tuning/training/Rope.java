package io.candor.tuning.training;

import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How positions turn the pairs of values of queries and keys (Su et al. 2021, RoFormer).
 *
 * @param base of the frequencies
 * @param scale positions are divided by it
 * @param halves whether a pair is a value of the first half of a head and one of the second, as in
 *     qwen2, and not two neighbours
 * @param divisors of each pair's frequency, as in Llama 3.1; empty where there are none
 */
record Rope(double base, double scale, boolean halves, List<Float> divisors) {
  Rope {
    divisors = List.copyOf(divisors);
  }

  /** For each row and pair of a head's values the rotation, as a complex number. */
  Tensor turns(int[] positions, int headWidth, ScalarType precision) {
    int pairs = headWidth / 2;
    var turns = new double[positions.length * pairs * 2];
    for (int pair = 0; pair < pairs; pair++) {
      double frequency = Math.pow(base, -2.0 * pair / headWidth);
      double divisor = scale * (divisors.isEmpty() ? 1 : divisors.get(pair));
      for (int row = 0; row < positions.length; row++) {
        double angle = positions[row] * frequency / divisor;
        turns[2 * (row * pairs + pair)] = Math.cos(angle);
        turns[2 * (row * pairs + pair) + 1] = Math.sin(angle);
      }
    }
    var real = AbstractTensor.create(turns, positions.length, 1, pairs, 2);
    return torch.view_as_complex(real.to(precision));
  }

  /** Heads with their pairs turned; both queries' and keys' values may change their order alike. */
  Tensor turned(Tensor heads, Tensor turns) {
    var pairs =
        halves ? heads.unflatten(2, 2, -1).transpose(2, 3).contiguous() : heads.unflatten(2, -1, 2);
    return torch.view_as_real(torch.view_as_complex(pairs).mul(turns)).flatten(2, 3);
  }
}
