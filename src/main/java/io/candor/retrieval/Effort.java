package io.candor.retrieval;

/**
 * How much a search looks at: {@link #USUAL} in the product; benchmarks compare it with {@link
 * #EXACT}.
 *
 * @param few up to this many passages in force, each is compared
 * @param scanned up to this many passages of the tenant, in force or not, each vector is compared
 * @param nearest candidates by meaning
 * @param matched candidates by words
 * @param postings of a question's frequent words, about this many are read, the heaviest
 */
public record Effort(int few, int scanned, int nearest, int matched, int postings) {
  public static final Effort USUAL = new Effort(2_000, 20_000, 100, 60, 5_000);

  /** Every vector and every posting of the tenant, with its usual word statistics. */
  public static final Effort EXACT =
      new Effort(0, Integer.MAX_VALUE, 2_000, 2_000, Integer.MAX_VALUE);
}
