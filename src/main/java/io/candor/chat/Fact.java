package io.candor.chat;

import io.candor.retrieval.Evidence;
import io.candor.retrieval.Hit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Evidence as a statement that can be read alone: what the model is told, and what its sentences
 * are verified against.
 *
 * @param text the policy's own words, each cell of a table's row named
 * @param shown the same as a customer reads it where the model drifts
 * @param sources the evidence that they are taken from: an item's lead-in or a row's header first
 * @param score the evidence's
 */
record Fact(String text, String shown, List<Evidence> sources, double score) {
  Fact {
    sources = List.copyOf(sources);
  }

  static Fact of(Evidence evidence) {
    var sources =
        evidence.leadIn().map(leadIn -> List.of(leadIn, evidence)).orElse(List.of(evidence));
    return new Fact(evidence.words(), evidence.sentence(), sources, evidence.score());
  }

  /** Facts that somebody brings, each as if it were a document of its own. */
  static List<Fact> given(List<String> texts) {
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new Fact(texts.get(i), texts.get(i), List.of(page(i, texts.get(i))), 1))
        .toList();
  }

  private static Evidence page(int number, String text) {
    var hit =
        new Hit(
            "fact/" + number,
            "",
            1,
            new UUID(0, number),
            0,
            "",
            text,
            text,
            0,
            text.length(),
            "policy",
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            1,
            1,
            1,
            1);
    return new Evidence(hit, 0, text.length(), text, 1, Optional.empty());
  }
}
