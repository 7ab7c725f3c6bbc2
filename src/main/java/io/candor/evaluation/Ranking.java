package io.candor.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A ranked list of distinct documents, judged against those that are relevant. The measures are
 * those of Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), chapter 8,
 * with binary relevance, as trec_eval computes them.
 *
 * @param relevantAt for each place, from the first, whether a relevant document stands there
 * @param relevant how many documents are relevant, found or not
 */
record Ranking(List<Boolean> relevantAt, int relevant) {
  Ranking {
    relevantAt = List.copyOf(relevantAt);
    long found = relevantAt.stream().filter(is -> is).count();
    if (relevant < 1 || found > relevant) {
      throw new IllegalArgumentException(
          "%d relevant documents found of %d".formatted(found, relevant));
    }
  }

  /** Of keys in their order; a document's later passages do not count again. */
  static Ranking of(List<String> keys, Set<String> relevant) {
    var seen = new HashSet<String>();
    var places = new ArrayList<Boolean>();
    keys.stream().filter(seen::add).forEach(key -> places.add(relevant.contains(key)));
    return new Ranking(places, relevant.size());
  }

  /** 1 if a relevant document is among the first k (also called success@k). */
  double hit(int k) {
    return found(k) > 0 ? 1 : 0;
  }

  /** The share of the relevant documents that is among the first k. */
  double recall(int k) {
    return (double) found(k) / relevant;
  }

  /** The share of the first k places that are relevant; an empty place is not. */
  double precision(int k) {
    return (double) found(k) / k;
  }

  /** One over the first relevant document's place; its mean is the MRR. */
  double reciprocalRank() {
    int first = relevantAt.indexOf(true);
    return first < 0 ? 0 : 1.0 / (first + 1);
  }

  /**
   * The precision at each relevant document's place, averaged over all relevant documents; its mean
   * is the MAP.
   */
  double averagePrecision() {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < relevantAt.size(); i++) {
      if (relevantAt.get(i)) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return sum / relevant;
  }

  /**
   * The discounted gain of the first k over that of the best order, with a discount of log2(place +
   * 1) (Järvelin and Kekäläinen 2002).
   */
  double ndcg(int k) {
    double gain = 0;
    double best = 0;
    for (int i = 0; i < k; i++) {
      double discounted = Math.log(2) / Math.log(i + 2);
      gain += i < relevantAt.size() && relevantAt.get(i) ? discounted : 0;
      best += i < relevant ? discounted : 0;
    }
    return gain / best;
  }

  private long found(int k) {
    return relevantAt.stream().limit(k).filter(is -> is).count();
  }
}
