package io.candor.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How well a confidence tells right from wrong, for one who may abstain (El-Yaniv and Wiener, On
 * the Foundations of Noise-free Selective Classification, 2010).
 *
 * @param answers in descending order of confidence
 */
record Selective(List<Answer> answers) {
  /** One answer that may be kept back. */
  record Answer(double confidence, boolean correct) {}

  /**
   * A point of the risk/coverage curve.
   *
   * @param coverage the share that is answered, (0, 1]
   * @param risk the share of those that is wrong
   * @param threshold the least confidence that is answered
   */
  public record Point(double coverage, double risk, double threshold) {}

  /**
   * One bar of a reliability diagram: answers whose confidence is in [from, to).
   *
   * @param confidence their mean
   * @param accuracy the share of them that is correct
   */
  public record Bin(double from, double to, int count, double confidence, double accuracy) {}

  Selective {
    answers =
        answers.stream().sorted(Comparator.comparingDouble(Answer::confidence).reversed()).toList();
  }

  /** Of results that have both scores; empty where none has. */
  static Selective of(List<Scores> results) {
    return new Selective(
        results.stream()
            .filter(r -> !Double.isNaN(r.get("confidence")) && !Double.isNaN(r.get("correct")))
            .map(r -> new Answer(r.get("confidence"), r.get("correct") > 0))
            .toList());
  }

  /** Answers of equal confidence are answered together or not at all, so they make one point. */
  List<Point> curve() {
    var points = new ArrayList<Point>();
    int wrong = 0;
    for (int i = 0; i < answers.size(); i++) {
      wrong += answers.get(i).correct() ? 0 : 1;
      double threshold = answers.get(i).confidence();
      if (i + 1 == answers.size() || answers.get(i + 1).confidence() < threshold) {
        int answered = i + 1;
        points.add(
            new Point((double) answered / answers.size(), (double) wrong / answered, threshold));
      }
    }
    return points;
  }

  /**
   * The area under the risk/coverage curve, the mean risk over all coverages (Geifman, Uziel and
   * El-Yaniv 2019); 0 is best, and NaN without answers.
   */
  double areaUnderRiskCoverage() {
    double area = 0;
    double covered = 0;
    for (var point : curve()) {
      area += point.risk() * (point.coverage() - covered);
      covered = point.coverage();
    }
    return answers.isEmpty() ? Double.NaN : area;
  }

  /** Bins of equal width; empty ones are left out. */
  List<Bin> reliability(int bins) {
    var diagram = new ArrayList<Bin>();
    for (int b = 0; b < bins; b++) {
      int bin = b;
      var inside =
          answers.stream()
              .filter(a -> Math.min(bins - 1, (int) (a.confidence() * bins)) == bin)
              .toList();
      if (!inside.isEmpty()) {
        double right = inside.stream().filter(Answer::correct).count();
        diagram.add(
            new Bin(
                (double) bin / bins,
                (bin + 1.0) / bins,
                inside.size(),
                inside.stream().mapToDouble(Answer::confidence).average().orElseThrow(),
                right / inside.size()));
      }
    }
    return diagram;
  }

  /**
   * The mean distance of confidence and accuracy over ten bins, weighed by their answers (Naeini,
   * Cooper and Hauskrecht 2015); NaN without answers.
   */
  double expectedCalibrationError() {
    double error = 0;
    for (var bin : reliability(10)) {
      error += bin.count() * Math.abs(bin.confidence() - bin.accuracy());
    }
    return error / answers.size();
  }

  /**
   * The share of out-of-scope questions that fall below the highest threshold at which so many of
   * the in-scope ones are still accepted.
   */
  static double outOfScopeRecall(double[] inScope, double[] outOfScope, double acceptance) {
    if (inScope.length == 0 || outOfScope.length == 0) {
      return Double.NaN;
    }
    var sorted = inScope.clone();
    java.util.Arrays.sort(sorted);
    int rejected = (int) Math.floor((1 - acceptance) * sorted.length + 1e-9);
    double threshold = sorted[rejected];
    return java.util.Arrays.stream(outOfScope).filter(c -> c < threshold).count()
        / (double) outOfScope.length;
  }
}
