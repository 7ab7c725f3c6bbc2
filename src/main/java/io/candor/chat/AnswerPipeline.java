package io.candor.chat;

import io.candor.knowledge.KnowledgeGate;
import io.candor.retrieval.Answerability;
import io.candor.retrieval.EvidenceSelector;
import io.candor.retrieval.Retriever;
import io.candor.security.Credential;
import io.candor.security.InjectionVerdict;
import io.candor.security.Screened;
import io.candor.security.Screening;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How an answer is made, the one way for every channel:
 *
 * <ol>
 *   <li>screen: personal data and secrets are masked, attacks are recognised
 *   <li>contextualise: a follow-up becomes a question that stands alone
 *   <li>retrieve: what is in force at the instant asked about
 *   <li>evidence: the sentences that answer
 *   <li>decide: answer, clarify, abstain or hand over
 *   <li>voice and verify: the model's words where the evidence supports them, else the policy's own
 *   <li>record: the answer, all that it was made from, and what goes out to Kafka, in one
 *       transaction
 * </ol>
 */
@ApplicationScoped
class AnswerPipeline {
  private static final int HITS = 30;

  private final Screening screening;
  private final Conversations conversations;
  private final KnowledgeGate gate;
  private final Retriever retriever;
  private final EvidenceSelector selector;
  private final Answerability answerability;
  private final Decider decider;
  private final Speaker speaker;
  private final AnswerRecorder recorder;
  private final Clock clock;

  AnswerPipeline(
      Screening screening,
      Conversations conversations,
      KnowledgeGate gate,
      Retriever retriever,
      EvidenceSelector selector,
      Answerability answerability,
      Decider decider,
      Speaker speaker,
      AnswerRecorder recorder,
      Clock clock) {
    this.screening = screening;
    this.conversations = conversations;
    this.gate = gate;
    this.retriever = retriever;
    this.selector = selector;
    this.answerability = answerability;
    this.decider = decider;
    this.speaker = speaker;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Answers, telling the listener of every stage and of every sentence as soon as it is verified.
   * Fails with 404 for an unknown conversation and {@link
   * io.candor.knowledge.StaleKnowledgeException} where the knowledge demanded does not arrive.
   */
  Answer answer(Credential who, Question question, Consumer<Progress> listener) {
    var turns = conversations.turnsOf(who.tenant(), question.conversation());
    var run = new Run(who, question, clock.instant(), listener);
    run.accepted();

    run.enter("screen");
    var screened = screening.screen(question.message());
    var message = screened.redacted();
    var intent = Intent.of(message, turns);

    run.enter("contextualise");
    var standalone = Contextualiser.standalone(message, turns);

    run.enter("retrieve");
    var found = intent == Intent.QUESTION ? find(run, standalone) : nothing(run);
    run.retrieved();

    run.enter("decide");
    var draft = new Draft(run::tell);
    var injection = screened.injection().verdict();
    var ended =
        switch (decider.decide(intent, injection, found)) {
          case Decision.Say(var outcome, var reason, var text) -> {
            draft.show(text, List.of());
            yield new Ended(outcome, reason, Optional.empty());
          }
          case Decision.Speak() -> {
            run.enter("voice");
            var trusted = injection == InjectionVerdict.BENIGN;
            var spoken = speaker.speak(standalone, found.evidence(), draft, trusted);
            yield new Ended(Outcome.ANSWERED, null, Optional.of(spoken));
          }
        };

    run.enter("record");
    return recorder.record(run, new Made(message, standalone, screened, found, draft, ended));
  }

  private Findings find(Run run, String standalone) {
    return gate.read(
        run.who().tenant(),
        run.question().asOf(),
        run.question().after(),
        view -> {
          var hits = retriever.search(standalone, HITS, view);
          var evidence = selector.select(standalone, hits);
          return new Findings(
              view, evidence, answerability.probability(standalone, hits, evidence));
        });
  }

  /** A message that asks nothing of the documents is still answered at a known state of them. */
  private Findings nothing(Run run) {
    return gate.read(
        run.who().tenant(),
        run.question().asOf(),
        run.question().after(),
        view -> new Findings(view, List.of(), 0));
  }

  /** How the turn ended, and what the model had to do with it. */
  record Ended(Outcome outcome, String reason, Optional<Speaker.Spoken> spoken) {}

  /** All that an answer was made from. */
  record Made(
      String message,
      String standalone,
      Screened screened,
      Findings found,
      Draft draft,
      Ended ended) {}
}
