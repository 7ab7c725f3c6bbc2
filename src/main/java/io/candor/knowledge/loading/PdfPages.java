package io.candor.knowledge.loading;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Collects the words of each page with their places, and sorts them into lines and columns. */
final class PdfPages extends PDFTextStripper {
  private static final double SAME_LINE = 0.5;
  private static final int FEWEST_LINES = 5;
  private static final int PROSE = 25;
  private static final int BIN = 4;
  private static final int MOST_TURNS = 3;

  private final List<List<PdfLine>> pages = new ArrayList<>();
  private final List<PdfWord> words = new ArrayList<>();
  private long characters;

  private PdfPages() {
    setSuppressDuplicateOverlappingText(true);
  }

  /** The lines of each page, in reading order. */
  static List<List<PdfLine>> read(PDDocument document) throws IOException {
    var pages = new PdfPages();
    pages.writeText(document, Writer.nullWriter());
    return pages.pages;
  }

  @Override
  protected void writeString(String text, List<TextPosition> places) {
    if (text.isBlank() || places.isEmpty()) {
      return;
    }
    characters += text.length();
    if (characters > LoadLimits.LONGEST_TEXT) {
      throw new Unreadable("it holds more than %,d characters".formatted(LoadLimits.LONGEST_TEXT));
    }
    var first = places.getFirst();
    var last = places.getLast();
    words.add(
        new PdfWord(
            first.getXDirAdj(),
            last.getXDirAdj() + last.getWidthDirAdj(),
            first.getYDirAdj(),
            Math.max(1, first.getFontSizeInPt()),
            words.size(),
            text.strip()));
  }

  @Override
  protected void endPage(PDPage page) {
    pages.add(inColumns(lines()));
    words.clear();
  }

  private List<PdfLine> lines() {
    var lines = new ArrayList<PdfLine>();
    var open = new ArrayList<PdfWord>();
    for (var word : words.stream().sorted(Comparator.comparingDouble(PdfWord::y)).toList()) {
      if (!open.isEmpty() && word.y() - open.getFirst().y() > SAME_LINE * word.size()) {
        lines.add(line(open));
        open.clear();
      }
      open.add(word);
    }
    if (!open.isEmpty()) {
      lines.add(line(open));
    }
    return lines;
  }

  private static PdfLine line(List<PdfWord> words) {
    return PdfLine.of(words.stream().sorted(Comparator.comparingDouble(PdfWord::left)).toList());
  }

  /** Two columns of prose are read one after the other, between the lines that cross both. */
  private static List<PdfLine> inColumns(List<PdfLine> lines) {
    double cut = gutter(lines);
    if (Double.isNaN(cut)) {
      return lines;
    }
    var read = new ArrayList<PdfLine>();
    var band = new ArrayList<PdfLine>();
    for (var line : lines) {
      if (line.crosses(cut)) {
        readColumns(band, cut, read);
        read.add(line);
      } else {
        band.add(line);
      }
    }
    readColumns(band, cut, read);
    return read;
  }

  private static void readColumns(List<PdfLine> band, double cut, List<PdfLine> read) {
    for (var left : List.of(true, false)) {
      band.stream()
          .map(line -> line.side(cut, left))
          .filter(line -> !line.cells().isEmpty())
          .forEach(read::add);
    }
    band.clear();
  }

  /** Where the page is cut between two columns of prose; not a number where it has no two. */
  private static double gutter(List<PdfLine> lines) {
    double left = lines.stream().mapToDouble(PdfLine::left).min().orElse(0);
    double right = lines.stream().mapToDouble(PdfLine::right).max().orElse(0);
    double best = Double.NaN;
    long fewest = Long.MAX_VALUE;
    for (double x = left + (right - left) * .3; x < left + (right - left) * .7; x += BIN) {
      double cut = x;
      long crossing = lines.stream().filter(line -> line.crosses(cut)).count();
      if (crossing < fewest && areColumns(lines, cut, crossing)) {
        fewest = crossing;
        best = cut;
      }
    }
    return best;
  }

  /** A table has gaps too; its cells are short, or they alternate as its rows are drawn. */
  private static boolean areColumns(List<PdfLine> lines, double cut, long crossing) {
    var drawn = new TreeMap<Integer, Boolean>();
    for (var left : List.of(true, false)) {
      var side =
          lines.stream()
              .filter(line -> !line.crosses(cut))
              .map(line -> line.side(cut, left))
              .filter(line -> !line.cells().isEmpty())
              .toList();
      double length = side.stream().mapToInt(line -> line.words().length()).average().orElse(0);
      if (side.size() < FEWEST_LINES || length < PROSE || side.size() < 2 * crossing) {
        return false;
      }
      side.forEach(line -> drawn.put(line.order(), left));
    }
    long turns = 0;
    for (var before = drawn.firstEntry(); before != null; ) {
      var next = drawn.higherEntry(before.getKey());
      turns += next != null && !next.getValue().equals(before.getValue()) ? 1 : 0;
      before = next;
    }
    return turns <= MOST_TURNS + 2 * crossing;
  }
}
