package io.candor.tuning.training;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** How the losses of a run went, a token of an answer, in nats. */
@JsonNaming(SnakeCaseStrategy.class)
public record RunCurves(List<Point> train, List<Loss> validation) {
  static final RunCurves NONE = new RunCurves(List.of(), List.of());

  public RunCurves {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
  }

  /** A step's loss, and how fast it was. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Point(int step, double loss, double tokensPerSecond) {}

  /** A validation's loss after a step. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Loss(int step, double loss) {}
}
