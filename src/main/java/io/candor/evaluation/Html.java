package io.candor.evaluation;

import java.util.Locale;

/** Writing HTML: whatever a customer, a document or a model said is text here, never markup. */
public final class Html {
  private Html() {}

  /** Text that is no markup. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** An element with text in it. */
  static String text(String element, String style, String text) {
    return "<%s class=\"%s\">%s</%1$s>".formatted(element, style, escape(text));
  }

  /** A figure: a share with three digits as .942, anything larger as it is. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Math.abs(value) > 1 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
    return String.format(Locale.ROOT, "%.3f", value).replaceFirst("^(-?)0\\.", "$1.");
  }

  static String signed(double value) {
    var number = number(Math.abs(value));
    return number.matches("[.0]+") ? "±0" : (value < 0 ? "−" : "+") + number;
  }
}
