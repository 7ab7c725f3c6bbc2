package io.candor.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a run is as good as a baseline. A figure fails when it is worse on the questions that
 * both runs asked, and 99% of resampled question sets say so too: a change that a few questions
 * make passes, a small one that many make does not. A figure whose target is 0 must stay 0, with no
 * band: one document of another tenant is one too many.
 */
public final class Gate {
  private static final double CONFIDENCE = 0.99;

  private Gate() {}

  /** What fails, a line each; none where the run passes. */
  public static List<String> failures(Report baseline, Report run) {
    var failures = new ArrayList<String>();
    for (var before : baseline.suites()) {
      var name = before.suite().name();
      var after = run.suite(name);
      if (after.isEmpty()) {
        failures.add(name + " is in the baseline and was not run");
      } else {
        failures.addAll(failures(before, after.get()));
      }
    }
    return failures;
  }

  private static List<String> failures(SuiteReport before, SuiteReport after) {
    var failures = new ArrayList<String>();
    var name = after.suite().name();
    if (after.failed() > 0) {
      failures.add("%s: %d questions failed: %s".formatted(name, after.failed(), after.failure()));
    }
    var comparisons = Comparison.of(before, after, CONFIDENCE);
    if (comparisons.isEmpty()) {
      failures.add(name + " shares no question with the baseline");
    }
    for (var value : before.figures()) {
      if (comparisons.stream().noneMatch(c -> c.figure().equals(value.name()))) {
        failures.add("%s: %s was not measured".formatted(name, value.name()));
      }
    }
    for (var comparison : comparisons) {
      boolean mustBeZero = after.suite().targets().getOrDefault(comparison.figure(), 1.0) == 0;
      if (comparison.isWorse() || mustBeZero && comparison.after() > comparison.before()) {
        failures.add(line(name, comparison));
      }
    }
    return failures;
  }

  private static String line(String suite, Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "%s: %s is %.3f, and was %.3f: %+.3f, noise band %+.3f to %+.3f over %d questions",
        suite,
        comparison.figure(),
        comparison.after(),
        comparison.before(),
        comparison.change(),
        comparison.low(),
        comparison.high(),
        comparison.questions());
  }
}
