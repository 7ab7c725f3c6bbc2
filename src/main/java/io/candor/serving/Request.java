package io.candor.serving;

/** What the {@link LlamaEngine} does for somebody: an answer to generate or a text to score. */
sealed interface Request permits LlamaGeneration, Scoring {
  /** The tokens that are known before the model computes anything. */
  int[] prompt();

  /** The first position of the prompt from which the model's prediction is of use. */
  int outputsFrom();

  boolean isCancelled();

  void fail(Throwable error);
}
