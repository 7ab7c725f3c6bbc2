package io.candor.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** A chart with two axes as inline SVG; the page's style sheet colours it. */
public final class Plot {
  private static final double WIDTH = 440;
  private static final double HEIGHT = 270;
  private static final double LEFT = 46;
  private static final double RIGHT = 14;
  private static final double TOP = 28;
  private static final double BOTTOM = 42;

  /** A place in the data's units. */
  public record At(double x, double y) {}

  /** A mark on an axis. */
  public record Tick(double at, String label) {}

  private final StringBuilder svg = new StringBuilder();
  private final DoubleUnaryOperator across;
  private final DoubleUnaryOperator up;

  /**
   * @param across from the data's x to a share of the width, 0 to 1
   * @param top the greatest y; the least is 0
   */
  public Plot(String title, DoubleUnaryOperator across, double top) {
    this.across = x -> LEFT + across.applyAsDouble(x) * (WIDTH - LEFT - RIGHT);
    this.up = y -> HEIGHT - BOTTOM - y / top * (HEIGHT - TOP - BOTTOM);
    svg.append(
        "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, Html.escape(title)));
  }

  /** Lines across, and what they stand for. */
  public Plot axes(String xLabel, List<Tick> x, String yLabel, List<Tick> y) {
    for (var tick : y) {
      double at = up.applyAsDouble(tick.at());
      line("grid", LEFT, at, WIDTH - RIGHT, at);
      label("end", LEFT - 7, at + 4, tick.label());
    }
    for (var tick : x) {
      double at = across.applyAsDouble(tick.at());
      line("tick", at, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 4);
      label("middle", at, HEIGHT - BOTTOM + 18, tick.label());
    }
    line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    label("end name", WIDTH - RIGHT, HEIGHT - 6, xLabel);
    label("start name", 0, 11, yLabel);
    return this;
  }

  /** A line through places. */
  public Plot curve(String style, List<At> points) {
    var path =
        points.stream()
            .map(p -> pair(across.applyAsDouble(p.x()), up.applyAsDouble(p.y())))
            .collect(Collectors.joining(" "));
    svg.append("<polyline class=\"line %s\" points=\"%s\"/>".formatted(style, path));
    return this;
  }

  /** A dot that tells what it stands for to who points at it. */
  public Plot dot(String style, At at, double radius, String tip) {
    svg.append(
        number(
            "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
            style,
            across.applyAsDouble(at.x()),
            up.applyAsDouble(at.y()),
            radius,
            Html.escape(tip)));
    return this;
  }

  /** Words beside a place, on its left or its right. */
  public Plot note(String style, At at, String text) {
    boolean left = style.contains("end");
    label(
        style, across.applyAsDouble(at.x()) + (left ? -8 : 8), up.applyAsDouble(at.y()) - 8, text);
    return this;
  }

  /** The whole chart. */
  public String svg() {
    return svg + "</svg>";
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    svg.append(
        number(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            style, x1, y1, x2, y2));
  }

  private void label(String style, double x, double y, String text) {
    svg.append(
        number(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, Html.escape(text)));
  }

  private static String pair(double x, double y) {
    return number("%.1f,%.1f", x, y);
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
