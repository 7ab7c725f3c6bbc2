package io.candor.tuning.training;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * How a run trains; {@code ./candor tune} makes it from its options.
 *
 * @param rank of the adapter's matrices
 * @param alpha the adapter's product is multiplied by {@code alpha / rank}
 * @param dropout the share of an adapter's inputs that is left out while it is trained
 * @param targets the weights of each layer that the adapter changes
 * @param full whether all weights of the model are trained, and no adapter
 * @param quantised whether the base stays quantised and is read layer by layer
 * @param learningRate the highest
 * @param warmup the share of the steps in which it rises to that
 * @param weightDecay of AdamW
 * @param clip the longest gradient
 * @param epochs passes over the examples
 * @param batchTokens the most tokens of the examples that are computed at once
 * @param accumulation how many such batches make a step
 * @param validations in an epoch
 * @param patience validations without an improvement after which training stops
 * @param seed of everything that is random
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TrainingSettings(
    int rank,
    double alpha,
    double dropout,
    List<String> targets,
    boolean full,
    boolean quantised,
    double learningRate,
    double warmup,
    double weightDecay,
    double clip,
    int epochs,
    int batchTokens,
    int accumulation,
    int validations,
    int patience,
    long seed) {
  public TrainingSettings {
    targets = List.copyOf(targets);
    check(learningRate > 0, "the learning rate must be above 0, not " + learningRate);
    check(warmup >= 0 && warmup < 1, "the warm-up is a share from 0 to below 1, not " + warmup);
    check(weightDecay >= 0, "the weight decay must not be below 0, but is " + weightDecay);
    check(clip > 0, "the longest gradient must be above 0, not " + clip);
    check(epochs > 0, "there must be an epoch, not " + epochs);
    check(batchTokens > 0, "a batch must have tokens, not " + batchTokens);
    check(accumulation > 0, "a step must have a batch, not " + accumulation);
    check(validations > 0, "an epoch must have a validation, not " + validations);
    check(patience > 0, "the patience must be at least 1, not " + patience);
    check(!(full && quantised), "weights that stay quantised cannot be trained: choose one");
    var _ = new LoraSettings(rank, alpha, dropout, targets);
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  LoraSettings lora() {
    return new LoraSettings(rank, alpha, dropout, targets);
  }
}
