package io.candor.knowledge.loading;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a PDF's page: words at one height, in cells where wide gaps part them. Lengths are in
 * points, y grows downwards.
 */
record PdfLine(double y, double size, List<Cell> cells) {
  /**
   * Words without a wide gap between them.
   *
   * @param order when the page's program drew it
   */
  record Cell(double left, double right, int order, String words) {}

  /** This times the font size is a gap that no justified line has between words. */
  private static final double WIDE_GAP = 1.2;

  double left() {
    return cells.getFirst().left();
  }

  double right() {
    return cells.getLast().right();
  }

  String words() {
    return cells.stream().map(Cell::words).collect(Collectors.joining(" "));
  }

  /** When its first words were drawn. */
  int order() {
    return cells.stream().mapToInt(Cell::order).min().orElse(0);
  }

  /** Its part on one side of a vertical cut; without cells where nothing is there. */
  PdfLine side(double cut, boolean left) {
    return new PdfLine(y, size, cells.stream().filter(cell -> cell.left() < cut == left).toList());
  }

  boolean crosses(double cut) {
    return cells.stream().anyMatch(cell -> cell.left() < cut && cell.right() > cut);
  }

  /** Of words at one height, from left to right. */
  static PdfLine of(List<PdfWord> words) {
    var cells = new ArrayList<Cell>();
    PdfWord before = null;
    double size = words.stream().mapToDouble(PdfWord::size).max().orElseThrow();
    for (var word : words) {
      if (before != null && word.left() - before.right() < WIDE_GAP * size) {
        var cell = cells.removeLast();
        cells.add(
            new Cell(
                cell.left(),
                Math.max(cell.right(), word.right()),
                Math.min(cell.order(), word.order()),
                cell.words() + " " + word.text()));
      } else {
        cells.add(new Cell(word.left(), word.right(), word.order(), word.text()));
      }
      before = word;
    }
    return new PdfLine(words.getFirst().y(), size, cells);
  }
}
