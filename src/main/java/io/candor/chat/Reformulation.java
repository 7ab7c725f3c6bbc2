package io.candor.chat;

import java.util.Optional;

/** A question in other words, for a second search: what it asks, without the story before it. */
final class Reformulation {
  private Reformulation() {}

  /** Empty where no story is told. */
  static Optional<String> of(String question) {
    return CompoundQuestion.asked(question).filter(asked -> Wording.content(asked).size() > 1);
  }
}
