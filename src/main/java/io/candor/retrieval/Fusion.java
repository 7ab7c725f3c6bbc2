package io.candor.retrieval;

/**
 * What a unit of BM25 is worth for a question, beside cosine similarity: {@link SearchStatement}
 * computes it from the question and its candidates.
 *
 * <pre>
 * score = cosine + unit * BM25
 * unit  = weight * min(1, LONG_QUESTION / words) * exp(lead)
 * lead  = 1 - fifth best BM25 / best BM25
 * </pre>
 *
 * The lead is large where the question's words single few passages out. BM25 is a sum over words,
 * and a long account of a problem would drown the cosine: beyond {@value #LONG_QUESTION} words it
 * counts on average. The score stays on the cosine's scale. The weight is {@code
 * candor.retrieval.text-weight}; decisions/0006 says how the numbers were got.
 */
final class Fusion {
  static final double LONG_QUESTION = 20;

  private Fusion() {}
}
