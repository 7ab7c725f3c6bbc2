package io.candor.tuning.training;

/**
 * How fast the parameters change: rises evenly to its peak, then falls as half a cosine wave to
 * zero (Loshchilov and Hutter 2017, SGDR).
 *
 * @param warmup the share of the steps in which it rises
 * @param steps in all
 */
record LearningRate(double peak, double warmup, int steps) {
  /** The rate of a step, from 1. */
  double at(int step) {
    double rising = Math.max(1, warmup * steps);
    if (step <= rising) {
      return peak * step / rising;
    }
    double fallen = (step - rising) / (steps - rising);
    return peak * (1 + Math.cos(Math.PI * fallen)) / 2;
  }
}
