package io.candor.knowledge.loading;

import io.candor.knowledge.loading.PdfLine.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A table on a PDF's page: lines whose cells stand below each other.
 *
 * @param rows the cells of each row, the header first
 * @param lines of the page that it takes up
 */
record PdfTable(List<List<String>> rows, int lines) {
  private static final double FARTHEST_ROW = 4;
  private static final double CLEARLY_FARTHER = 1.3;
  private static final double LARGER = 1.1;

  /** The table that begins with a line, if one does: two lines or more with cells in columns. */
  static Optional<PdfTable> at(List<PdfLine> page, int start) {
    var head = page.get(start);
    if (head.cells().size() < 2) {
      return Optional.empty();
    }
    int end = start + 1;
    while (end < page.size() && belongs(page.get(end), page.get(end - 1), head)) {
      end++;
    }
    var lines = page.subList(start, end);
    return lines.stream().filter(line -> line.cells().size() > 1).count() < 2
        ? Optional.empty()
        : Optional.of(new PdfTable(rows(lines, head), lines.size()));
  }

  private static boolean belongs(PdfLine line, PdfLine above, PdfLine head) {
    double down = line.y() - above.y();
    var isHeading = line.cells().size() == 1 && line.size() > LARGER * head.size();
    if (down <= 0 || down > FARTHEST_ROW * line.size() || isHeading) {
      return false;
    }
    var last = -1;
    for (var cell : line.cells()) {
      int column = column(cell, head);
      if (column <= last) {
        return false;
      }
      last = column;
    }
    // A line that reaches beyond its column's end is a paragraph again.
    return line.cells().size() > 1 || endsInColumn(line.cells().getFirst(), head);
  }

  private static boolean endsInColumn(Cell cell, PdfLine head) {
    int next = column(cell, head) + 1;
    return next < head.cells().size() ? cell.right() < head.cells().get(next).left() : next > 1;
  }

  /** The column that a cell stands in: the head's that it overlaps, or begins nearest to. */
  private static int column(Cell cell, PdfLine head) {
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < head.cells().size(); i++) {
      var column = head.cells().get(i);
      double apart =
          Math.min(
              Math.abs(cell.left() - column.left()),
              Math.min(
                  Math.abs(cell.right() - column.right()),
                  Math.abs(cell.left() + cell.right() - column.left() - column.right()) / 2));
      if (apart < least) {
        least = apart;
        nearest = i;
      }
    }
    return nearest;
  }

  /**
   * Where rows stand clearly farther apart than lines within a cell, that tells them; the head has
   * a distance of its own.
   */
  private static List<List<String>> rows(List<PdfLine> lines, PdfLine head) {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int i = Math.min(2, lines.size() - 1); i < lines.size(); i++) {
      double down = lines.get(i).y() - lines.get(i - 1).y();
      least = Math.min(least, down);
      most = Math.max(most, down);
    }
    double row = most > CLEARLY_FARTHER * least ? (least + most) / 2 : 0;
    var rows = new ArrayList<List<String>>();
    PdfLine above = null;
    for (var line : lines) {
      var startsRow = column(line.cells().getFirst(), head) == 0;
      var alone = line.cells().size() == 1;
      if (above == null || (startsRow && (row == 0 ? !alone : line.y() - above.y() >= row))) {
        rows.add(new ArrayList<>(Collections.nCopies(head.cells().size(), "")));
      }
      for (var cell : line.cells()) {
        int column = column(cell, head);
        rows.getLast().set(column, (rows.getLast().get(column) + " " + cell.words()).strip());
      }
      above = line;
    }
    return rows;
  }
}
