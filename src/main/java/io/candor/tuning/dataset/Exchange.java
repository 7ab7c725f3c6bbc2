package io.candor.tuning.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question and its answer before they are an {@link Example}.
 *
 * @param place where it is written, as {@code file:line}
 * @param facts what the answer is made of; none where nobody has looked for them yet
 * @param answer where there are facts, each sentence may end with their numbers, as {@code [1]}
 * @param when it was answered: what was true then
 */
public record Exchange(
    String conversation,
    String place,
    String question,
    List<String> facts,
    String answer,
    Optional<Instant> when) {
  public Exchange {
    facts = List.copyOf(facts);
  }

  Exchange with(String question, String answer) {
    return new Exchange(conversation, place, question, facts, answer, when);
  }

  Exchange with(List<String> facts, String answer) {
    return new Exchange(conversation, place, question, facts, answer, when);
  }
}
