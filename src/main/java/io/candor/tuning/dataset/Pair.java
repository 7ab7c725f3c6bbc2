package io.candor.tuning.dataset;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A question with its answer in the brand's voice, as a person wrote it down.
 *
 * @param ask wordings of the same question
 * @param facts as a policy says them; {@code {slots}} may stand in all texts
 * @param say the answer; {@code abstain} or {@code clarify} for the brand's own words of that
 * @param with values for the slots of this pair alone
 */
record Pair(List<String> ask, List<String> facts, String say, Map<String, List<String>> with) {
  static final String ABSTAIN = "abstain";
  static final String CLARIFY = "clarify";

  Pair {
    if (ask == null || ask.isEmpty() || facts == null || facts.isEmpty() || say == null) {
      throw new IllegalArgumentException("a pair has ask, facts and say: " + ask);
    }
    ask = List.copyOf(ask);
    facts = List.copyOf(facts);
    with = with == null ? Map.of() : Map.copyOf(with);
  }

  boolean answers() {
    return !say.equals(ABSTAIN) && !say.equals(CLARIFY);
  }

  boolean hasSlots() {
    return texts().stream().anyMatch(Slots::in);
  }

  List<String> texts() {
    return Stream.of(ask.stream(), facts.stream(), Stream.of(say)).flatMap(s -> s).toList();
  }
}
