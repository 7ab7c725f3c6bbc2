package io.candor.tuning.training;

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
    turns = shape.rope().turns(batch.positions(), shape.headWidth(), precision);
    mask = batch.prefix() == 0 ? null : mask(batch, precision);
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
    var rope = shape.rope();
    var q = rope.turned(queries.unflatten(1, shape.heads(), shape.headWidth()), turns);
    var k = rope.turned(keys.unflatten(1, shape.keyHeads(), shape.headWidth()), turns);
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
