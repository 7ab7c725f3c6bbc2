package io.candor.chat;

import io.candor.security.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One question on its way through the pipeline: who asked, the ids it will have, and its timings.
 */
final class Run {
  private final Credential who;
  private final Question question;
  private final Instant at;
  private final Caller caller;
  private final UUID conversationId;
  private final long started = System.nanoTime();
  private final StageTimes stages = new StageTimes();
  private long retrieveMs;
  private Long firstSentenceMs;

  Run(Credential who, Question question, Instant at, Caller caller) {
    this.who = who;
    this.question = question;
    this.at = at;
    this.caller = caller;
    this.conversationId = question.conversation().orElseGet(UUID::randomUUID);
  }

  void accepted() {
    caller.tell(new Progress.Accepted(answerId(), conversationId));
  }

  void enter(String stage) {
    stages.enter(stage);
    caller.tell(new Progress.Status(stage));
  }

  void tell(Progress progress) {
    if (progress instanceof Progress.Sentence && firstSentenceMs == null) {
      firstSentenceMs = elapsedMs();
    }
    caller.tell(progress);
  }

  void retrieved() {
    retrieveMs = elapsedMs();
  }

  Answer.Timings timings() {
    return new Answer.Timings(retrieveMs, firstSentenceMs, elapsedMs());
  }

  /** The times of all stages, the last of which is over now. */
  StageTimes stages() {
    stages.end();
    return stages;
  }

  Caller caller() {
    return caller;
  }

  Credential who() {
    return who;
  }

  Question question() {
    return question;
  }

  Instant at() {
    return at;
  }

  UUID answerId() {
    return caller.answerId();
  }

  UUID conversationId() {
    return conversationId;
  }

  private long elapsedMs() {
    return Duration.ofNanos(System.nanoTime() - started).toMillis();
  }
}
