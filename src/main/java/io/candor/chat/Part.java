package io.candor.chat;

import io.candor.knowledge.KnowledgeView;
import java.util.List;
import java.util.Optional;

/**
 * One of the questions that a turn asks, and what {@link Finder} found for it.
 *
 * @param clarification what to ask back, where the question says too little
 * @param corrected the question as it was searched, where its spelling was corrected
 */
record Part(
    String question,
    Findings findings,
    Optional<Clarification> clarification,
    Optional<String> corrected) {

  /** The same, not to be asked back about: one question of several says enough with the others. */
  Part unasked() {
    return new Part(question, findings, Optional.empty(), corrected);
  }

  /** Of a turn that asks nothing of the documents. */
  static Part nothing(String message, KnowledgeView view) {
    return new Part(message, new Findings(view, List.of(), 0), Optional.empty(), Optional.empty());
  }
}
