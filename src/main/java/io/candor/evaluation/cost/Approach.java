package io.candor.evaluation.cost;

/**
 * A way to answer customers, and what it takes.
 *
 * @param retrieves whether facts are looked up for each query
 * @param promptTokens that the model is sent
 * @param reusedTokens of them that it has computed before
 * @param answerTokens that it writes
 * @param setupEngineerHours until the first customer is answered
 * @param trainings until then
 * @param trainingHours of one
 * @param retrainings a month, besides those for policies
 * @param retrainsOnUpdate whether a changed policy is another training
 * @param retrainingEngineerHours to look at what came of one
 */
public record Approach(
    String name,
    boolean retrieves,
    double promptTokens,
    double reusedTokens,
    double answerTokens,
    double setupEngineerHours,
    double trainings,
    double trainingHours,
    double retrainings,
    boolean retrainsOnUpdate,
    double retrainingEngineerHours) {
  public Approach {
    if (name == null || reusedTokens > promptTokens || answerTokens < 0) {
      throw new IllegalArgumentException(
          "%s: reused_tokens are part of prompt_tokens, and none are negative".formatted(name));
    }
  }

  /** A month. */
  public double retrainingsIn(Assumptions.Load load) {
    return retrainings + (retrainsOnUpdate ? load.policyUpdates() : 0);
  }
}
