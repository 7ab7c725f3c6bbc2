package io.candor.tuning.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a training process tells, one line of JSON each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainingEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = TrainingEvent.Step.class, name = "step"),
  @JsonSubTypes.Type(value = TrainingEvent.Validation.class, name = "validation"),
  @JsonSubTypes.Type(value = TrainingEvent.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = TrainingEvent.Failed.class, name = "failed")
})
sealed interface TrainingEvent {
  /**
   * Training begins, or goes on after a step.
   *
   * @param steps in all
   * @param parameters numbers that are trained
   */
  record Started(int step, int steps, long parameters) implements TrainingEvent {}

  /**
   * The parameters were changed.
   *
   * @param loss a token of an answer, in nats
   * @param tokens of the examples, their prompts included
   * @param gradient its length before it was clipped
   */
  record Step(
      int step, double loss, double learningRate, double gradient, long tokens, double seconds)
      implements TrainingEvent {
    double tokensPerSecond() {
      return tokens / seconds;
    }
  }

  /**
   * The loss on the examples that are not learnt from.
   *
   * @param best whether it is the lowest so far
   */
  record Validation(int step, double loss, boolean best) implements TrainingEvent {}

  /** How a run came to its end. */
  enum End {
    DONE,
    STOPPED_EARLY,
    INTERRUPTED
  }

  /** The run is over, or was interrupted and can go on. */
  record Ended(int step, End end) implements TrainingEvent {}

  /** The run cannot go on, for a reason that an operator can read. */
  record Failed(String reason) implements TrainingEvent {}
}
