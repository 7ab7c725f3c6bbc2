package io.candor.chat;

import io.candor.grounding.Verdict;
import io.candor.knowledge.StaleKnowledgeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Counts and times answers. Every label has a few values known here, never a tenant's words, and
 * every series is there from the start, so that a rate over it is 0 and not absent.
 */
@ApplicationScoped
class AnswerMeter {
  private static final Duration[] BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 200, 350, 500, 750, 1_000, 1_500, 2_500, 5_000, 10_000, 30_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;

  AnswerMeter(MeterRegistry registry) {
    this.registry = registry;
    AnswerPipeline.STAGES.forEach(this::stage);
    Stream.of(Outcome.values()).map(Outcome::toString).forEach(this::answer);
    Stream.of(Failure.values()).forEach(kind -> failed(kind, 0));
    Stream.of(Verdict.values()).forEach(verdict -> sentence(verdict, 0));
    spoke("model", 0);
    spoke("policy", 0);
    firstSentence();
  }

  /** Why an answer was not made: it would know too little, was not to be had, or we broke. */
  private enum Failure {
    STALE,
    REFUSED,
    BROKEN
  }

  void answered(Answer answer, StageTimes stages, List<Speaker.Spoken> spoken) {
    stages.forEach((stage, took) -> stage(stage).record(took));
    answer(answer.outcome()).record(Duration.ofMillis(answer.timings().totalMs()));
    if (answer.timings().firstSentenceMs() != null) {
      firstSentence().record(Duration.ofMillis(answer.timings().firstSentenceMs()));
    }
    for (var part : spoken) {
      spoke(part.speaker().isPresent() ? "model" : "policy", 1);
      part.verified().forEach(sentence -> sentence(sentence.judgement().verdict(), 1));
    }
  }

  void failed(RuntimeException failure) {
    failed(
        switch (failure) {
          case StaleKnowledgeException _ -> Failure.STALE;
          case WebApplicationException _ -> Failure.REFUSED;
          default -> Failure.BROKEN;
        },
        1);
  }

  private Timer stage(String name) {
    return timer("candor.stage", "Time in a stage of an answer", "stage", name);
  }

  private Timer answer(String outcome) {
    return timer("candor.answer", "Time from question to answer", "outcome", outcome);
  }

  private Timer firstSentence() {
    return timer("candor.first.sentence", "Time from a question to its first verified sentence");
  }

  private Timer timer(String name, String description, String... tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private void failed(Failure kind, int times) {
    registry.counter("candor.answer.failures", "kind", lower(kind)).increment(times);
  }

  /** By the verdict on what the model said; only supported sentences are shown. */
  private void sentence(Verdict verdict, int times) {
    registry.counter("candor.sentences", "verdict", lower(verdict)).increment(times);
  }

  /** Whether the model had a word in it, or the policies alone spoke. */
  private void spoke(String words, int times) {
    registry.counter("candor.spoken", "words", words).increment(times);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
