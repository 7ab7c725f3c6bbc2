package io.candor.tuning.training;

import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the rows of a batch see of each other: every row what is before it in its own example. The
 * shared prefix is computed once; its keys and values stand before those of every example.
 */
final class Attention {
  private final LlamaShape shape;
  private final Batch batch;
  private final Tensor turns;
  private final Tensor mask;

  /** For one batch; the caller's scope owns what it keeps. */
  Attention(LlamaShape shape, Batch batch, ScalarType precision) {
    this.shape = shape;
    this.batch = batch;
    turns = turns(shape, batch.positions(), precision);
    mask = batch.prefix() == 0 ? null : mask(batch, precision);
  }

  /** For each row and pair of a head's values the rotation, as a complex number. */
  private static Tensor turns(LlamaShape shape, int[] positions, ScalarType precision) {
    int pairs = shape.headWidth() / 2;
    var turns = new double[positions.length * pairs * 2];
    for (int pair = 0; pair < pairs; pair++) {
      double frequency = Math.pow(shape.rope().base(), -2.0 * pair / shape.headWidth());
      for (int row = 0; row < positions.length; row++) {
        double angle = positions[row] / shape.rope().scale() * frequency;
        turns[2 * (row * pairs + pair)] = Math.cos(angle);
        turns[2 * (row * pairs + pair) + 1] = Math.sin(angle);
      }
    }
    var real = AbstractTensor.create(turns, positions.length, 1, pairs, 2);
    return torch.view_as_complex(real.to(precision));
  }

  /** Added to the scores: nothing for what a row sees, minus infinity for what is after it. */
  private static Tensor mask(Batch batch, ScalarType precision) {
    int columns = batch.prefix() + batch.length();
    var mask = new float[batch.length() * columns];
    for (int row = 0; row < batch.length(); row++) {
      for (int column = batch.prefix() + row + 1; column < columns; column++) {
        mask[row * columns + column] = Float.NEGATIVE_INFINITY;
      }
    }
    return Tensors.of(mask, batch.length(), columns).to(precision);
  }

  /** From queries, keys and values, a row each, to what each row takes from the values. */
  Tensor apply(Tensor queries, Tensor keys, Tensor values) {
    var q = turned(queries.unflatten(1, shape.heads(), shape.headWidth()));
    var k = turned(keys.unflatten(1, shape.keyHeads(), shape.headWidth()));
    var v = values.unflatten(1, shape.keyHeads(), shape.headWidth());
    var ownKeys = examples(k);
    var ownValues = examples(v);
    if (batch.prefix() == 0) {
      return rows(attend(examples(q), ownKeys, ownValues, null));
    }
    var sharedKeys = prefix(k);
    var sharedValues = prefix(v);
    var shared = attend(prefix(q), sharedKeys, sharedValues, null);
    var own =
        attend(
            examples(q),
            Tensors.cat(2, forEach(sharedKeys), ownKeys),
            Tensors.cat(2, forEach(sharedValues), ownValues),
            mask);
    return Tensors.cat(0, rows(shared), rows(own));
  }

  private Tensor turned(Tensor heads) {
    var pairs =
        shape.rope().halves()
            ? heads.unflatten(2, 2, -1).transpose(2, 3).contiguous()
            : heads.unflatten(2, -1, 2);
    // Both queries and keys keep a halved head's values in the new order: products are the same.
    return torch.view_as_real(torch.view_as_complex(pairs).mul(turns)).flatten(2, 3);
  }

  private Tensor prefix(Tensor heads) {
    return heads.narrow(0, 0, batch.prefix()).unsqueeze(0).transpose(1, 2);
  }

  private Tensor examples(Tensor heads) {
    return heads
        .narrow(0, batch.prefix(), (long) batch.examples() * batch.length())
        .unflatten(0, batch.examples(), batch.length())
        .transpose(1, 2);
  }

  private Tensor forEach(Tensor shared) {
    return shared.expand(batch.examples(), -1, -1, -1);
  }

  private static Tensor rows(Tensor heads) {
    return heads.transpose(1, 2).flatten(0, 1).flatten(1, 2);
  }

  private Tensor attend(Tensor q, Tensor k, Tensor v, Tensor mask) {
    return torch.scaled_dot_product_attention(
        q,
        forQueries(k),
        forQueries(v),
        mask == null ? new TensorOptional() : new TensorOptional(mask),
        0,
        mask == null,
        new DoubleOptional(),
        false);
  }

  /** A key's head serves several queries' heads. */
  private Tensor forQueries(Tensor heads) {
    int group = shape.heads() / shape.keyHeads();
    return group == 1 ? heads : heads.unsqueeze(2).expand(-1, -1, group, -1, -1).flatten(1, 2);
  }
}
