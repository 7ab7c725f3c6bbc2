package io.candor.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one suite measured. It holds every question's scores, so that two reports can be compared
 * question by question.
 *
 * @param failed questions without an answer; no figure counts them
 * @param failure the first one's reason; empty where none failed
 * @param tags the figures again, over the questions with a tag
 * @param riskCoverage empty where no result has a confidence
 * @param worst the questions whose answers are furthest from right, with their passages
 */
public record SuiteReport(
    SuiteDefinition suite,
    int questions,
    int failed,
    String failure,
    List<Value> figures,
    Map<String, Tag> tags,
    List<Selective.Point> riskCoverage,
    List<Selective.Bin> reliability,
    Map<String, Quantiles> latency,
    List<Result> worst,
    List<Scores> results) {
  private static final double CONFIDENCE = 0.95;
  private static final int WORST = 12;
  private static final int CURVE_POINTS = 120;
  private static final int BINS = 10;

  /**
   * A figure, and the interval that 95% of resampled question sets give.
   *
   * @param better whether more is better
   */
  public record Value(String name, double value, double low, double high, boolean better) {}

  /** The figures over the questions with one tag. */
  public record Tag(int questions, Map<String, Double> figures) {}

  /** Reads the results of a run, keeping their scores and the texts of the worst. */
  static SuiteReport of(SuiteDefinition suite, Path workFile) throws IOException {
    var latest = new LinkedHashMap<String, Scores>();
    var errors = new LinkedHashMap<String, String>();
    var millis = new TreeMap<String, List<Double>>();
    var worst = new ArrayList<Result>();
    WorkFile.read(
        workFile,
        result -> {
          if (result.error() != null) {
            errors.put(result.id(), result.error());
            return;
          }
          errors.remove(result.id());
          latest.put(result.id(), result.slim(suite.kind().hasAnswers()));
          result
              .millis()
              .forEach(
                  (stage, ms) -> millis.computeIfAbsent(stage, s -> new ArrayList<>()).add(ms));
          keep(worst, result);
        });
    var results = List.copyOf(latest.values());
    var selective = Selective.of(results);
    var latency = new TreeMap<String, Quantiles>();
    millis.forEach((stage, times) -> latency.put(stage, Quantiles.of(times)));
    return new SuiteReport(
        suite,
        results.size(),
        errors.size(),
        errors.values().stream().findFirst().orElse(""),
        shown(suite).stream()
            .map(figure -> value(figure, results))
            .filter(value -> !Double.isNaN(value.value()))
            .toList(),
        tags(suite, results),
        thinned(selective.curve()),
        selective.reliability(BINS),
        latency,
        worst,
        results);
  }

  /** Wrong with the most confidence first; where there is none, in the suite's order. */
  private static void keep(List<Result> worst, Result result) {
    if (!result.fault().isEmpty()) {
      worst.add(result);
      worst.sort(Comparator.comparingDouble((Result wrong) -> -wrong.confidence()));
      if (worst.size() > WORST) {
        worst.removeLast();
      }
    }
  }

  /** The suite's figures that its definition names, in that order; all, where it names none. */
  static List<Figure> shown(SuiteDefinition suite) {
    var byName = new LinkedHashMap<String, Figure>();
    Suites.figures(suite).forEach(figure -> byName.put(figure.name(), figure));
    var names = new ArrayList<>(List.of(suite.headline()));
    names.addAll(suite.figures().isEmpty() ? byName.keySet() : suite.figures());
    return names.stream().distinct().map(name -> known(byName, name, suite)).toList();
  }

  private static Figure known(Map<String, Figure> figures, String name, SuiteDefinition suite) {
    if (!figures.containsKey(name)) {
      throw new IllegalArgumentException(
          "%s names the figure '%s': there are %s"
              .formatted(suite.name(), name, String.join(", ", figures.keySet())));
    }
    return figures.get(name);
  }

  private static Value value(Figure figure, List<Scores> results) {
    var interval = Bootstrap.interval(results, CONFIDENCE, figure.aggregate()::over);
    return new Value(
        figure.name(),
        figure.aggregate().over(results),
        interval.low(),
        interval.high(),
        figure.better());
  }

  private static Map<String, Tag> tags(SuiteDefinition suite, List<Scores> results) {
    var byTag = new TreeMap<String, List<Scores>>();
    results.forEach(result ->
        result
            .tags()
            .forEach(tag -> byTag.computeIfAbsent(tag, t -> new ArrayList<>()).add(result)));
    var tags = new LinkedHashMap<String, Tag>();
    byTag.forEach((tag, tagged) -> {
      var figures = new LinkedHashMap<String, Double>();
      for (var figure : shown(suite)) {
        double value = figure.aggregate().over(tagged);
        if (!Double.isNaN(value)) {
          figures.put(figure.name(), value);
        }
      }
      tags.put(tag, new Tag(tagged.size(), figures));
    });
    return tags;
  }

  private static List<Selective.Point> thinned(List<Selective.Point> curve) {
    int step = Math.max(1, curve.size() / CURVE_POINTS);
    var points = new ArrayList<Selective.Point>();
    for (int i = 0; i < curve.size(); i++) {
      if (i % step == 0 || i + 1 == curve.size()) {
        points.add(curve.get(i));
      }
    }
    return points;
  }

  /** What the figure should reach, and whether it does; empty where it has no target. */
  public String target(Value value) {
    var target = suite.targets().get(value.name());
    return target == null
        ? ""
        : "%s: %s %s"
            .formatted(
                misses(value) ? "MISSED" : "met", value.better() ? "at least" : "at most", target);
  }

  /** Whether the figure has a target and does not reach it. */
  boolean misses(Value value) {
    var target = suite.targets().get(value.name());
    return target != null && (value.better() ? value.value() < target : value.value() > target);
  }

  /** NaN where the suite has no such figure. */
  public double figure(String name) {
    return figures.stream()
        .filter(value -> value.name().equals(name))
        .mapToDouble(Value::value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
