package io.candor.grounding;

import java.util.List;

/** A typed value in a sentence, at [start, end) of its plain text. */
sealed interface Fact {

  /** Which side of the value the sentence speaks of. */
  enum Bound {
    NONE,
    /** "Within 5 days": done by then, which is also said as "it takes 5 days". */
    WITHIN,
    AT_MOST,
    AT_LEAST;

    boolean above() {
      return this == AT_MOST || this == WITHIN;
    }
  }

  Finding.Kind kind();

  String text();

  int start();

  int end();

  Bound bound();

  /** Whether both measure the same sort of thing, so that different values conflict. */
  boolean comparable(Fact other);

  /** Whether this fact, said by a claim, follows from the evidence's. */
  boolean follows(Fact evidence);

  /**
   * An amount or a range of a unit: {@code unit} is a currency, "%", a time unit reduced to hours
   * or months, "clock", "weekday", or "count" of the nouns in {@code counted}.
   */
  record Quantity(
      Finding.Kind kind,
      String unit,
      List<String> counted,
      double low,
      double high,
      Bound bound,
      String text,
      int start,
      int end)
      implements Fact {

    @Override
    public boolean comparable(Fact other) {
      return other instanceof Quantity quantity
          && unit.equals(quantity.unit)
          && (counted.isEmpty() || quantity.counted.isEmpty() || sharesNoun(quantity));
    }

    @Override
    public boolean follows(Fact evidence) {
      if (!(evidence instanceof Quantity found) || !comparable(found)) {
        return false;
      }
      boolean within = unit.equals("weekday") && found.low <= low && high <= found.high;
      boolean upperEnd = bound.above() && near(low, high) && near(high, found.high);
      boolean same = near(low, found.low) && near(high, found.high);
      return (same && boundFollows(found)) || within || (upperEnd && found.low < found.high);
    }

    private boolean boundFollows(Quantity found) {
      if (bound == found.bound || bound.above() && found.bound.above()) {
        return true;
      }
      boolean time = unit.equals("hours") || unit.equals("months") || unit.equals("workdays");
      return bound == Bound.NONE
          ? found.bound == Bound.WITHIN
          : found.bound == Bound.NONE && bound.above() && time;
    }

    private boolean sharesNoun(Quantity other) {
      return counted.stream().anyMatch(other.counted::contains);
    }

    private static boolean near(double a, double b) {
      return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
    }
  }

  /**
   * A calendar date whose unknown parts are 0; {@code ambiguous} when day and month may be swapped.
   */
  record Day(
      int year, int month, int day, boolean ambiguous, Bound bound, String text, int start, int end)
      implements Fact {

    @Override
    public Finding.Kind kind() {
      return Finding.Kind.DATE;
    }

    @Override
    public boolean comparable(Fact other) {
      return other instanceof Day;
    }

    @Override
    public boolean follows(Fact evidence) {
      if (!(evidence instanceof Day found)) {
        return false;
      }
      boolean opposed =
          bound != Bound.NONE && found.bound != Bound.NONE && bound.above() != found.bound.above();
      boolean swapped =
          (ambiguous || found.ambiguous) && agrees(found.year, found.day, found.month);
      return !opposed && (agrees(found.year, found.month, found.day) || swapped);
    }

    private boolean agrees(int foundYear, int foundMonth, int foundDay) {
      boolean yearAgrees = year == 0 || foundYear == year;
      return yearAgrees && (month == 0 || month == foundMonth) && (day == 0 || day == foundDay);
    }
  }
}
