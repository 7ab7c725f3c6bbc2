package io.candor.chat;

import java.util.Optional;

/** A question in other words, for a second search: what it asks, without the story around it. */
final class Reformulation {
  private Reformulation() {}

  /** Empty where there is nothing to leave out. */
  static Optional<String> of(String question) {
    var asked = CompoundQuestion.asked(question);
    var other = asked.isEmpty() ? String.join(" ", Wording.content(question)) : asked.get();
    return other.isBlank() || other.equalsIgnoreCase(question)
        ? Optional.empty()
        : Optional.of(other);
  }
}
