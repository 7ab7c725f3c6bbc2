package io.candor.chat;

import io.candor.retrieval.Evidence;
import java.util.List;

/**
 * Evidence as a statement that can be read alone: what the model is told, what its sentences are
 * verified against, and what is shown where it drifts.
 *
 * @param text the policy's own words
 * @param sources the evidence that they are taken from: an item's lead-in or a row's header first
 * @param score the evidence's
 */
record Fact(String text, List<Evidence> sources, double score) {
  Fact {
    sources = List.copyOf(sources);
  }

  static Fact of(Evidence evidence) {
    var sources =
        evidence.leadIn().map(leadIn -> List.of(leadIn, evidence)).orElse(List.of(evidence));
    return new Fact(evidence.words(), sources, evidence.score());
  }
}
