package io.candor.retrieval;

import java.util.regex.Pattern;

/** HTML with its tags blanked, so that what is left stands where it stood. */
final class Markup {
  private static final Pattern TAG =
      Pattern.compile("<!--.*?-->|</?([a-zA-Z][a-zA-Z0-9]*)[^>]*>", Pattern.DOTALL);
  private static final Pattern INLINE =
      Pattern.compile("a|abbr|b|code|em|i|mark|q|s|small|span|strong|sub|sup|u|th|td");

  private Markup() {}

  /** Block tags become line ends, items and rows the marks that Markdown has for them. */
  static String blanked(String html) {
    return TAG.matcher(html)
        .replaceAll(tag -> {
          var name = tag.group(1) == null ? "" : tag.group(1).toLowerCase();
          var blank = INLINE.matcher(name).matches() || name.isEmpty() ? " " : "\n";
          var mark = tag.group().startsWith("</") ? "" : mark(name);
          return (blank + mark + " ".repeat(tag.group().length()))
              .substring(0, tag.group().length());
        });
  }

  private static String mark(String name) {
    return switch (name) {
      case "li" -> "-";
      case "tr" -> "|";
      default -> "";
    };
  }
}
