package io.candor.tuning.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Cuts examples into batches of about equal length, so that little is filled up, and the batches of
 * an epoch into steps, in an order that follows from the seed and the epoch alone.
 */
final class Batches {
  private final List<TokenisedExample> examples;
  private final int mostTokens;

  /** Batches of at most so many tokens, unless one example alone has more. */
  Batches(List<TokenisedExample> examples, int mostTokens) {
    this.examples = List.copyOf(examples);
    this.mostTokens = mostTokens;
  }

  /** All examples once, shortest first. */
  List<List<TokenisedExample>> sorted() {
    return cut(examples);
  }

  /** The steps of an epoch, each of some batches. */
  List<List<List<TokenisedExample>>> epoch(int epoch, int accumulation, long seed) {
    var random = new Random(seed * 31 + epoch);
    var shuffled = new ArrayList<>(examples);
    Collections.shuffle(shuffled, random);
    var batches = cut(shuffled);
    Collections.shuffle(batches, random);
    var steps = new ArrayList<List<List<TokenisedExample>>>();
    for (int i = 0; i < batches.size(); i += accumulation) {
      steps.add(batches.subList(i, Math.min(i + accumulation, batches.size())));
    }
    return steps;
  }

  /** Lengths alone say where a batch ends, so every epoch has as many. */
  private List<List<TokenisedExample>> cut(List<TokenisedExample> ordered) {
    var sorted = new ArrayList<>(ordered);
    sorted.sort(Comparator.comparingInt(TokenisedExample::length));
    var batches = new ArrayList<List<TokenisedExample>>();
    var batch = new ArrayList<TokenisedExample>();
    for (var example : sorted) {
      if (!batch.isEmpty() && (batch.size() + 1) * example.length() > mostTokens) {
        batches.add(List.copyOf(batch));
        batch.clear();
      }
      batch.add(example);
    }
    batches.add(List.copyOf(batch));
    return batches;
  }
}
