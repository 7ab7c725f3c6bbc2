package io.candor.retrieval;

import java.util.List;

/**
 * How likely it is that the hits hold the question's answer; the pipeline decides by it whether to
 * answer at all.
 *
 * <p>A logistic of two features that do not depend on the number of documents: the best hit's
 * cosine similarity, and the share of the question's words, weighted by rarity, that it covers.
 * Fitted on rephrased FAQ questions, privacy-policy questions and dialogue turns, each against
 * corpora of 40 to 400 passages with and without the answer, and on questions out of any corpus's
 * scope; each set weighs the same. Fitted without the set it is shown for:
 *
 * <pre>
 * probability over        0.3    0.5    0.7
 * FAQ answers kept        1.00   1.00   0.99   (answer removed, refused: 0.41, 0.50, 0.62)
 * dialogue turns kept     0.96   0.92   0.77   (entity removed, refused: 0.71, 0.90, 0.99)
 * out of scope, refused   0.94   0.98   0.99
 * other domain, refused   0.81   0.94   0.99
 * </pre>
 *
 * Privacy-policy questions as annotators word them ("does the policy mention…") keep only 0.34 at
 * 0.3: similarity alone tells little there.
 */
public final class Answerability {
  private static final double COSINE = 22.09;
  private static final double COVERAGE = 0.84;
  private static final double BIAS = -15.06;

  private Answerability() {}

  /** 0 without hits; the hits come from {@link Retriever}, best first. */
  public static double probability(List<Hit> hits) {
    if (hits.isEmpty()) {
      return 0;
    }
    var best = hits.getFirst();
    return 1 / (1 + Math.exp(-(COSINE * best.vectorScore() + COVERAGE * best.coverage() + BIAS)));
  }
}
