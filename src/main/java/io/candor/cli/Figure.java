package io.candor.cli;

import java.util.Locale;

/**
 * One line of a benchmark's table.
 *
 * @param value what was measured; NaN where measuring failed
 * @param note how it was measured and what belongs to it
 */
record Figure(String name, double value, Unit unit, Bound bound, double target, String note) {
  /** How values of a kind are written. */
  enum Unit {
    SECONDS("%.1f s"),
    MILLISECONDS("%.0f ms"),
    GIBIBYTES("%.2f GiB"),
    SHARE("%.3f"),
    RATIO("%.2f x"),
    COUNT("%.0f");

    private final String format;

    Unit(String format) {
      this.format = format;
    }

    String text(double value) {
      return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
  }

  /** On which side of its target a value should be. */
  enum Bound {
    BELOW("<"),
    AT_MOST("<="),
    AT_LEAST(">=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  static Figure failed(String name, String reason) {
    return new Figure(name, Double.NaN, Unit.COUNT, Bound.AT_LEAST, Double.NaN, reason);
  }

  boolean isMet() {
    return switch (bound) {
      case BELOW -> value < target;
      case AT_MOST -> value <= target;
      case AT_LEAST -> value >= target;
    };
  }

  @Override
  public String toString() {
    return "%-26s %10s   %-11s %-7s %s"
        .formatted(
            name,
            unit.text(value),
            Double.isNaN(target) ? "" : bound.sign + " " + unit.text(target),
            isMet() ? "met" : "MISSED",
            note);
  }
}
