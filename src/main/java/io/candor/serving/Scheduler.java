package io.candor.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Decides which answers advance together, and how many drafted tokens of each are verified, so that
 * a round over all of them is as fast as measured times promise.
 *
 * <p>llama.cpp computes neighbouring sequences in one pass if each has the same number of rows. A
 * step is therefore a rectangle: sequences {@code first..last}, each with so many rows; sequences
 * between that do not take part are filled up and cut back afterwards.
 */
final class Scheduler {
  /** The most rows of a step. */
  static final int MOST_ROWS = 48;

  /** The longest draft that is verified. */
  static final int MOST_DRAFTED = 31;

  /** Times and probabilities are estimates: a draft must promise more than its cost. */
  private static final double MARGIN = 1.1;

  private static final int[] ROWS = {1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32};

  /**
   * An answer that waits for its next token.
   *
   * @param sequence where it is
   * @param drafted how many tokens could be verified besides
   * @param first the probability that the first of them is right
   * @param next the probability that a further one is, after right ones
   */
  record Member(int sequence, int drafted, double first, double next) {
    /** How many tokens it will gain from so many rows, on average. */
    double expected(int rows) {
      int tried = Math.min(drafted, rows - 1);
      return 1 + first * (1 - Math.pow(next, tried)) / (1 - next);
    }
  }

  /** One step: the members among sequences {@code first..last}, with so many rows each. */
  record Step(List<Member> members, int rows) {
    int first() {
      return members.getFirst().sequence();
    }

    int last() {
      return members.getLast().sequence();
    }

    boolean has(int sequence) {
      return members.stream().anyMatch(member -> member.sequence() == sequence);
    }

    int width() {
      return last() - first() + 1;
    }
  }

  private record Plan(double cost, List<Step> steps) {}

  private final int leastRows;

  /**
   * @param leastRows fewer rows are not computed at once, for their results would differ
   */
  Scheduler(int leastRows) {
    this.leastRows = leastRows;
  }

  /**
   * The steps of one round, in which each member advances once.
   *
   * @param members by sequence
   * @param nanos the expected time of a step by its rows
   */
  List<Step> round(List<Member> members, IntToDoubleFunction nanos) {
    var best = new ArrayList<Plan>();
    best.add(new Plan(0, List.of()));
    for (int end = 1; end <= members.size(); end++) {
      var chosen = new Plan(Double.POSITIVE_INFINITY, List.of());
      for (int start = end - 1; start >= 0; start--) {
        var step = cheapest(members.subList(start, end), nanos);
        double cost = best.get(start).cost() + cost(step, nanos);
        if (cost < chosen.cost()) {
          var steps = new ArrayList<>(best.get(start).steps());
          steps.add(step);
          chosen = new Plan(cost, steps);
        }
      }
      best.add(chosen);
    }
    return best.getLast().steps();
  }

  private Step cheapest(List<Member> members, IntToDoubleFunction nanos) {
    int most = 1 + members.stream().mapToInt(Member::drafted).max().orElseThrow();
    var best = new Step(members, 1);
    double bestCost = Double.POSITIVE_INFINITY;
    for (int rows : ROWS) {
      var step = new Step(members, rows);
      boolean useful = rows <= most || (rows - 1) * step.width() < leastRows;
      double cost = useful ? cost(step, nanos) : Double.POSITIVE_INFINITY;
      if (cost < bestCost) {
        best = step;
        bestCost = cost;
      }
    }
    return best;
  }

  /** The time per token that each member gains; infinite if the step has too few or many rows. */
  private double cost(Step step, IntToDoubleFunction nanos) {
    int rows = step.width() * step.rows();
    if (rows < leastRows || rows > MOST_ROWS) {
      return Double.POSITIVE_INFINITY;
    }
    double draftsMustPay = step.rows() > 1 ? MARGIN : 1;
    double tokens = step.members().stream().mapToDouble(m -> m.expected(step.rows())).sum();
    return draftsMustPay * nanos.applyAsDouble(rows) * step.members().size() / tokens;
  }
}
