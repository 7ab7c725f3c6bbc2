package io.candor.retrieval;

import io.candor.retrieval.AnswerabilityCases.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fits {@link Answerability}'s weights, after it has printed what transfers between sets. Run its
 * main method from the test class path with the folder of development data and what {@code Funnel}
 * printed of the suites. Same data, same weights.
 */
final class AnswerabilityTrainer {
  private static final List<String> LEFT_OUT =
      List.of(
          "stackfaq",
          "answers",
          "policyqa",
          "facts",
          "clinc150",
          "elsewhere",
          "out of scope",
          "retailer",
          "bank");
  private static final double[] THRESHOLDS = {0.3, 0.4, 0.5, 0.6, 0.7};
  private static final int STEPS = 20_000;
  private static final double RATE = 0.5;
  private static final double L2 = 1e-4;

  private AnswerabilityTrainer() {}

  /** A logistic of the features. */
  private record Weights(
      double sentence, double passage, double kind, double subject, double bias) {
    double probability(Answerability.Features features) {
      double logit =
          sentence * features.sentence()
              + passage * features.passage()
              + kind * features.kind()
              + subject * features.subject()
              + bias;
      return 1 / (1 + Math.exp(-logit));
    }
  }

  /** A case and how probable it seemed to weights that had not seen its set. */
  private record Judged(Case judged, double probability) {}

  public static void main(String[] arguments) throws IOException {
    var cases = new ArrayList<>(AnswerabilityCases.of(Path.of(arguments[0])));
    cases.addAll(suites(Path.of(arguments[1])));
    var unseen = new ArrayList<Judged>();
    for (var set : LEFT_OUT) {
      var weights = fit(cases.stream().filter(c -> !c.set().equals(set)).toList());
      cases.stream()
          .filter(c -> c.set().equals(set))
          .map(c -> new Judged(c, weights.probability(c.features())))
          .forEach(unseen::add);
    }
    print(unseen);
    System.out.println(fit(cases));
  }

  /** The lines that {@code Funnel} prints of suites, but for the golden one, which is the test. */
  private static List<Case> suites(Path output) throws IOException {
    return Files.readAllLines(output).stream()
        .filter(line -> line.startsWith("CASE ") && !line.startsWith("CASE golden"))
        .map(line -> line.split(" "))
        .map(word ->
            new Case(
                word[1],
                Boolean.parseBoolean(word[2]),
                new Answerability.Features(
                    Double.parseDouble(word[3]),
                    Double.parseDouble(word[4]),
                    Double.parseDouble(word[5]),
                    Double.parseDouble(word[6]))))
        .toList();
  }

  /** Answerable and unanswerable cases weigh the same, and each set among them. */
  private static Weights fit(List<Case> cases) {
    var sizes =
        cases.stream()
            .collect(Collectors.groupingBy(c -> c.set() + c.answerable(), Collectors.counting()));
    var sets =
        cases.stream()
            .collect(
                Collectors.groupingBy(
                    Case::answerable,
                    Collectors.mapping(
                        Case::set,
                        Collectors.collectingAndThen(Collectors.toSet(), s -> s.size()))));
    double[] w = new double[5];
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[w.length];
      for (var c : cases) {
        double[] x = scaled(c.features());
        double p =
            1 / (1 + Math.exp(-(w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + w[3] * x[3] + w[4])));
        double weight = 0.5 / sizes.get(c.set() + c.answerable()) / sets.get(c.answerable());
        for (int i = 0; i < w.length; i++) {
          gradient[i] += weight * (p - (c.answerable() ? 1 : 0)) * x[i];
        }
      }
      for (int i = 0; i < w.length; i++) {
        w[i] -= RATE * (gradient[i] + L2 * w[i]);
      }
    }
    return new Weights(w[0] * 10, w[1] * 10, w[2], w[3] * 10, w[4] - (w[0] + w[1]) * 7);
  }

  /** About 0 and 1 in the middle and the width, so that the steps suit every weight. */
  private static double[] scaled(Answerability.Features features) {
    return new double[] {
      features.sentence() * 10 - 7,
      features.passage() * 10 - 7,
      features.kind(),
      features.subject() * 10,
      1
    };
  }

  private static void print(List<Judged> unseen) {
    for (var set : unseen.stream().map(j -> j.judged.set()).distinct().toList()) {
      for (var answerable : List.of(true, false)) {
        var part = new StringBuilder();
        for (double threshold : THRESHOLDS) {
          part.append(" %.2f".formatted(right(unseen, set, answerable, threshold)));
        }
        System.out.printf("%-14s %-8s%s%n", set, answerable ? "kept" : "refused", part);
      }
    }
    for (int tenth = 0; tenth < 10; tenth += 2) {
      double from = tenth / 10.0;
      var bin =
          unseen.stream().filter(j -> j.probability >= from && j.probability < from + 0.2).toList();
      System.out.printf(
          "probability %.1f to %.1f: %d cases, %.2f answerable%n",
          from,
          from + 0.2,
          bin.size(),
          bin.stream().mapToInt(j -> j.judged.answerable() ? 1 : 0).average().orElse(0));
    }
  }

  private static double right(
      List<Judged> unseen, String set, boolean answerable, double threshold) {
    return unseen.stream()
        .filter(j -> j.judged.set().equals(set) && j.judged.answerable() == answerable)
        .mapToInt(j -> (j.probability >= threshold) == answerable ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }
}
