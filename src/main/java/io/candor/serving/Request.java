package io.candor.serving;

/** What the {@link LlamaEngine} does for somebody: an answer to generate or a text to score. */
sealed interface Request permits LlamaGeneration, Scoring {
  /** The tokens that are known before the model computes anything. */
  int[] prompt();

  /** The first position of the prompt from which the model's prediction is of use. */
  int outputsFrom();

  /** On whose behalf; the model is shared fairly among them. */
  String user();

  /** When it was made, in {@link System#nanoTime()}. */
  long since();

  /** What to compute with. */
  AdapterSet adapters();

  /** Whether nobody waits for it any more. */
  boolean abandoned();

  void fail(Throwable error);
}
