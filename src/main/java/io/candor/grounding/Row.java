package io.candor.grounding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table's row, each cell under its column's name: written as a Markdown row beneath its header,
 * or as "Zone: 2; Price: €4".
 */
record Row(List<Cell> cells) {
  /** What stands in a column, and the column's name (empty where it has none). */
  record Cell(Reading name, Reading value) {}

  Row {
    cells = List.copyOf(cells);
  }

  static boolean isMarkdown(String line) {
    return line.startsWith("|");
  }

  static Row of(List<String> names, List<String> values) {
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < values.size(); i++) {
      String name = i < names.size() ? names.get(i) : "";
      if (!values.get(i).isEmpty()) {
        cells.add(new Cell(Reading.of(name), Reading.of(values.get(i))));
      }
    }
    return new Row(cells);
  }

  /** Reads "Zone: 2; Price: €4": parts of which all, or all but one, are named. */
  static Optional<Row> named(String sentence) {
    List<String> parts = Arrays.asList(sentence.split(";\\s+"));
    long named = parts.stream().filter(part -> part.matches("[^:,.]{1,40}: .+")).count();
    if (parts.size() < 2 || named < parts.size() - 1 || named < 1) {
      return Optional.empty();
    }
    List<String> names = parts.stream().map(Row::name).toList();
    List<String> values = parts.stream().map(part -> value(part)).toList();
    return Optional.of(of(names, values));
  }

  private static String name(String part) {
    int colon = part.indexOf(": ");
    return colon < 0 ? "" : part.substring(0, colon);
  }

  private static String value(String part) {
    return part.substring(part.indexOf(": ") + 1).strip();
  }

  /** The cells of a Markdown line, empty ones too. */
  static List<String> split(String line) {
    String inner = line.strip().replaceAll("^\\||\\|$", "");
    return Arrays.stream(inner.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
  }

  String text() {
    return cells.stream().map(cell -> cell.value().plain()).collect(Collectors.joining(", "));
  }
}
