package io.candor.evaluation;

import java.util.Locale;

/** A value with its interval on a short scale, as inline SVG for a cell of a table. */
final class Strip {
  private static final double WIDTH = 220;
  private static final double EDGE = 8;

  private final StringBuilder svg =
      new StringBuilder(
          """
          <svg class="strip" viewBox="0 0 220 18" aria-hidden="true"><line class="grid" x1="8" y1="9" x2="212" y2="9"/>\
          """);
  private final double least;
  private final double most;

  /** The scale's ends. */
  Strip(double least, double most) {
    this.least = least;
    this.most = most;
  }

  /** A line across, where another value is. */
  Strip line(double value) {
    return add("<line class=\"base\" x1=\"%1$.1f\" y1=\"0\" x2=\"%1$.1f\" y2=\"18\"/>", at(value));
  }

  Strip interval(double low, double high) {
    return add(
        "<line class=\"whisker\" x1=\"%.1f\" y1=\"9\" x2=\"%.1f\" y2=\"9\"/>", at(low), at(high));
  }

  Strip dot(double value) {
    return add("<circle class=\"dot s0\" cx=\"%.1f\" cy=\"9\" r=\"4.5\"/>", at(value));
  }

  /** Somebody else's value. */
  Strip diamond(double value, String tip) {
    return add(
        "<path class=\"other\" d=\"M%.1f 3l5 6-5 6-5-6z\"><title>%s</title></path>",
        at(value), Html.escape(tip));
  }

  String svg() {
    return svg + "</svg>";
  }

  private double at(double value) {
    return EDGE + (value - least) / (most - least) * (WIDTH - 2 * EDGE);
  }

  private Strip add(String element, Object... values) {
    svg.append(String.format(Locale.ROOT, element, values));
    return this;
  }
}
