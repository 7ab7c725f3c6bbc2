package io.candor.chat;

import io.candor.knowledge.KnowledgeGate;
import io.candor.security.Credential;
import io.candor.security.InjectionVerdict;
import io.candor.security.Screened;
import io.candor.security.Screening;
import io.candor.serving.AdapterSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * How an answer is made, the one way for every channel:
 *
 * <ol>
 *   <li>screen: personal data and secrets are masked, attacks are recognised
 *   <li>contextualise: small talk and calls for a person are recognised; what is asked becomes one
 *       to three questions that stand alone
 *   <li>retrieve: for each part of the question what is in force at the instant asked about, and
 *       the sentences that answer
 *   <li>decide: for each part answer, clarify, abstain or hand over
 *   <li>voice and verify: the model's words where the evidence supports them, else the policy's own
 *   <li>record: the answer, all that it was made from, and what goes out to Kafka, in one
 *       transaction
 * </ol>
 */
@ApplicationScoped
class AnswerPipeline {
  /** By its place, not its words: what a customer wrote is not repeated as if it were verified. */
  private static final String NOT_FOUND =
      "I could not find an answer to your %s question in our pages.";

  /** Why an answer ends where it does when the caller went away. */
  private static final String DISCONNECTED = "disconnected";

  /** As callers and metrics are told of them. */
  static final List<String> STAGES =
      List.of("screen", "contextualise", "retrieve", "decide", "voice", "record");

  private static final List<String> PLACES = List.of("first", "second", "third");

  private final Screening screening;
  private final Conversations conversations;
  private final FollowUps followUps;
  private final KnowledgeGate gate;
  private final Finder finder;
  private final Decider decider;
  private final Voices voices;
  private final Speaker speaker;
  private final AnswerRecorder recorder;
  private final AnswerMeter meter;
  private final Clock clock;

  AnswerPipeline(
      Screening screening,
      Conversations conversations,
      FollowUps followUps,
      KnowledgeGate gate,
      Finder finder,
      Decider decider,
      Voices voices,
      Speaker speaker,
      AnswerRecorder recorder,
      AnswerMeter meter,
      Clock clock) {
    this.screening = screening;
    this.conversations = conversations;
    this.followUps = followUps;
    this.gate = gate;
    this.finder = finder;
    this.decider = decider;
    this.voices = voices;
    this.speaker = speaker;
    this.recorder = recorder;
    this.meter = meter;
    this.clock = clock;
  }

  /**
   * Answers, telling the caller of every stage and of every sentence as soon as it is verified. If
   * they go away, the model is stopped, and the answer is what was shown until then. Fails with 404
   * for an unknown conversation, 400 for an unknown adapter, and {@link
   * io.candor.knowledge.StaleKnowledgeException} where the knowledge demanded does not arrive.
   */
  Answer answer(Credential who, Question question, Caller caller) {
    try {
      return make(who, question, caller);
    } catch (RuntimeException e) {
      meter.failed(e);
      throw e;
    }
  }

  private Answer make(Credential who, Question question, Caller caller) {
    var run = new Run(who, question, clock.instant(), caller);
    var past = conversations.past(who.tenant(), question.conversation());
    var turns = question.given().isEmpty() ? past.turns() : question.given();
    var voice = voices.of(who.tenant(), run.conversationId(), question.adapter(), past.voice());
    run.accepted();

    run.enter("screen");
    var screened = screening.screen(question.message());
    var message = screened.redacted();

    run.enter("contextualise");
    var intent = Intent.of(message, turns);
    var questions = followUps.questions(message, turns);
    var standalone = String.join(" ", questions);

    run.enter("retrieve");
    var parts = find(run, intent, questions);
    run.retrieved();

    run.enter("decide");
    var injection = screened.injection().verdict();
    var decided = parts.stream().map(part -> decide(intent, injection, part)).toList();

    run.enter("voice");
    var draft = new Draft(run::tell);
    run.caller().whenGone(draft::abandon);
    var audience = new SaidBefore.Audience(who.tenant(), question.locale(), voice);
    var ended = speak(audience, decided, draft, injection == InjectionVerdict.BENIGN);
    if (draft.isAbandoned()) {
      ended = new Ended(ended.outcome(), DISCONNECTED, ended.spoken());
    }

    run.enter("record");
    var made = new Made(message, standalone, screened, voice, parts, draft, ended);
    var answer = recorder.record(run, made);
    meter.answered(answer, run.stages(), ended.spoken());
    return answer;
  }

  /** A message that asks nothing of the documents is still answered at a known state of them. */
  private List<Part> find(Run run, Intent intent, List<String> questions) {
    return gate.read(
        run.who().tenant(),
        run.question().asOf(),
        run.question().after(),
        view ->
            intent == Intent.QUESTION
                ? finder.find(questions, view)
                : List.of(Part.nothing(String.join(" ", questions), view)));
  }

  /** A question that says too little is asked about. */
  private Decided decide(Intent intent, InjectionVerdict injection, Part part) {
    var decision = decider.decide(intent, injection, part.findings());
    return new Decided(
        part,
        part.clarification()
            .filter(_ -> injection != InjectionVerdict.ATTACK)
            .<Decision>map(asked -> new Decision.Say(Outcome.CLARIFY, "ambiguous", asked.text()))
            .orElse(decision));
  }

  /** What can be answered is, part by part; of the others it is said that they were not found. */
  private Ended speak(
      SaidBefore.Audience audience, List<Decided> all, Draft draft, boolean trusted) {
    var spoken = new ArrayList<Speaker.Spoken>();
    var silent = new ArrayList<Decision.Say>();
    var missing = new ArrayList<String>();
    for (var one : all) {
      var part = one.part();
      switch (one.decision()) {
        case Decision.Speak() ->
            spoken.add(
                speaker.speak(
                    new Speaker.Speech(
                        audience,
                        part.question(),
                        part.findings().evidence(),
                        all.size() > 1,
                        trusted),
                    draft));
        case Decision.Say say -> {
          silent.add(say);
          missing.add(NOT_FOUND.formatted(PLACES.get(all.indexOf(one))));
        }
      }
    }
    if (spoken.isEmpty()) {
      var first = silent.getFirst();
      draft.show(first.text(), List.of());
      return new Ended(first.outcome(), first.reason(), spoken);
    }
    missing.forEach(sentence -> draft.show(sentence, List.of()));
    return new Ended(Outcome.ANSWERED, missing.isEmpty() ? null : "partly", spoken);
  }

  private record Decided(Part part, Decision decision) {}

  /** How the turn ended, and for each part answered what the model had to do with it. */
  record Ended(Outcome outcome, String reason, List<Speaker.Spoken> spoken) {
    Ended {
      spoken = List.copyOf(spoken);
    }
  }

  /** All that an answer was made from. */
  record Made(
      String message,
      String standalone,
      Screened screened,
      AdapterSet voice,
      List<Part> parts,
      Draft draft,
      Ended ended) {}
}
