package io.candor.knowledge.loading;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the Markdown that a PDF or a Word document becomes: one block, one line, per paragraph.
 */
final class MarkdownWriter {
  private static final int DEEPEST_HEADING = 6;

  private final StringBuilder text = new StringBuilder();
  private boolean inList;
  private int depth;

  void heading(int level, String words) {
    block("#".repeat(Math.clamp(level, 1, DEEPEST_HEADING)) + " " + words.strip());
  }

  void paragraph(String words) {
    var line = words.strip();
    // What would be read as a heading, a quotation or code.
    block(line.matches("(?s)(?:#{1,6}\\s|>|```|~~~).*") ? "\\" + line : line);
  }

  /** An item of a list, as "- " or "3. " marks it. */
  void item(int level, String marker, String words) {
    if (!words.isBlank()) {
      open(!inList);
      // An item without one above it to belong to would be read as code.
      depth = inList ? Math.min(level, depth + 1) : 0;
      text.append("    ".repeat(depth)).append(marker).append(words.strip()).append('\n');
      inList = true;
    }
  }

  /** A table whose first row names its columns. */
  void table(List<List<String>> rows) {
    var filled = rows.stream().filter(row -> row.stream().anyMatch(c -> !c.isBlank())).toList();
    int width = filled.stream().mapToInt(List::size).max().orElse(0);
    if (width == 0) {
      return;
    }
    var lines = new ArrayList<String>();
    for (var row : filled) {
      lines.add(row(row, width));
      if (lines.size() == 1) {
        lines.add("|" + " --- |".repeat(width));
      }
    }
    block(String.join("\n", lines));
  }

  private static String row(List<String> cells, int width) {
    var line = new StringBuilder("|");
    for (int i = 0; i < width; i++) {
      var cell = i < cells.size() ? cells.get(i) : "";
      line.append(' ').append(cell.strip().replaceAll("\\s+", " ").replace("|", "\\|"));
      line.append(" |");
    }
    return line.toString();
  }

  private void block(String lines) {
    if (!lines.isBlank()) {
      open(true);
      text.append(lines).append('\n');
      inList = false;
    }
  }

  private void open(boolean apart) {
    if (apart && !text.isEmpty()) {
      text.append('\n');
    }
    if (text.length() > LoadLimits.LONGEST_TEXT) {
      throw new Unreadable("it holds more than %,d characters".formatted(LoadLimits.LONGEST_TEXT));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
