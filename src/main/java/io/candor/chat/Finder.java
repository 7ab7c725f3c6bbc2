package io.candor.chat;

import io.candor.knowledge.KnowledgeView;
import io.candor.retrieval.Answerability;
import io.candor.retrieval.EvidenceSelector;
import io.candor.retrieval.Retriever;
import io.candor.retrieval.Rivals;
import io.candor.retrieval.Spelling;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * The stage that retrieves, with one corrective try: where what was found says what the question's
 * name is called, the question is searched once more with that.
 */
@ApplicationScoped
class Finder {
  private static final int HITS = 30;
  private static final double WORTH_ASKING = 0.4;

  private final Spelling spelling;
  private final Retriever retriever;
  private final EvidenceSelector selector;
  private final Answerability answerability;
  private final ChatConfig config;

  Finder(
      Spelling spelling,
      Retriever retriever,
      EvidenceSelector selector,
      Answerability answerability,
      ChatConfig config) {
    this.spelling = spelling;
    this.retriever = retriever;
    this.selector = selector;
    this.answerability = answerability;
    this.config = config;
  }

  /**
   * What is found for each of the questions; for the whole where none is likely to be answered.
   * Call it inside {@code KnowledgeGate.read}.
   */
  List<Part> find(List<String> questions, KnowledgeView view) {
    if (questions.size() == 1) {
      return List.of(findOne(questions.getFirst(), view));
    }
    var parts = questions.stream().map(question -> findOne(question, view).unasked()).toList();
    return parts.stream().anyMatch(this::isLikely)
        ? parts
        : List.of(findOne(String.join(" ", questions), view));
  }

  private Part findOne(String question, KnowledgeView view) {
    var words = spelling.correct(question);
    var found = retriever.search(words, HITS, view);
    var hits =
        selector
            .definition(words, found)
            .map(term -> retriever.search(words + " (" + term + ")", HITS, view))
            .orElse(found);
    var evidence = selector.select(words, hits);
    double probability = answerability.probability(words, hits, evidence);
    return new Part(
        question,
        new Findings(view, evidence, probability),
        Clarification.of(question, hits)
            .or(() -> Clarification.between(Rivals.of(words, Wording.content(words), evidence)))
            .filter(asked -> probability >= worthAsking() || !asked.hasOptions())
            .filter(_ -> config.clarify()),
        words.equals(question) ? Optional.empty() : Optional.of(words));
  }

  /** A question that says too little is less like its answer than one that says enough. */
  private double worthAsking() {
    return config.answerThreshold() * WORTH_ASKING;
  }

  private boolean isLikely(Part part) {
    return part.findings().probability() >= config.answerThreshold();
  }
}
