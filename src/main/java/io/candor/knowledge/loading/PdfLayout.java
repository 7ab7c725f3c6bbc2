package io.candor.knowledge.loading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes Markdown of a PDF's lines: what repeats on each page goes, structure is told by looks. */
final class PdfLayout {
  private static final double LARGER = 1.15;
  private static final double APART = 1.35;
  private static final double TYPICAL_LEADING = 1.2;
  private static final int LONGEST_HEADING = 200;
  private static final int DEEPEST_HEADING = 4;
  private static final int EDGE_LINES = 3;
  private static final Pattern BULLET = Pattern.compile("^[•‣▪●◦○■–\\uF0B7*-]\\s+(?=\\S)");
  private static final Pattern NUMBER =
      Pattern.compile("^(?:\\d{1,3}[.)]|\\(?[a-z0-9]{1,3}\\))\\s+\\S.*");
  private static final Pattern COMPOUND = Pattern.compile("\\p{L}+-\\p{L}+");

  private final List<List<PdfLine>> pages;
  private final double bodySize;
  private final double leading;
  private final List<Double> headingSizes;
  private final Set<String> compounds;
  private final MarkdownWriter markdown = new MarkdownWriter();
  private final StringBuilder open = new StringBuilder();
  private int openHeading;
  private PdfLine before;
  private String firstHeading;

  PdfLayout(List<List<PdfLine>> pages) {
    this.pages = withoutRepeated(pages);
    var lines = this.pages.stream().flatMap(List::stream).toList();
    bodySize = bodySize(lines);
    leading = leading();
    headingSizes = headingSizes(lines);
    compounds =
        lines.stream()
            .flatMap(line -> COMPOUND.matcher(line.words()).results())
            .map(compound -> compound.group())
            .collect(Collectors.toSet());
  }

  String markdown() {
    for (var page : pages) {
      for (int i = 0; i < page.size(); ) {
        var table = PdfTable.at(page, i);
        if (table.isPresent()) {
          close();
          markdown.table(table.get().rows());
          i += table.get().lines();
          before = null;
        } else {
          read(page.get(i++));
        }
      }
    }
    close();
    return markdown.toString();
  }

  Optional<String> firstHeading() {
    return Optional.ofNullable(firstHeading);
  }

  private void read(PdfLine line) {
    var words = line.words();
    int heading = headingLevel(line);
    var bullet = BULLET.matcher(words);
    if (heading != openHeading || bullet.find() || !continues(line, words)) {
      close();
    }
    openHeading = heading;
    append(words);
    before = line;
  }

  /** Whether a line goes on with the paragraph, or heading, that is open. */
  private boolean continues(PdfLine line, String words) {
    if (open.isEmpty() || before == null) {
      return false;
    }
    double down = line.y() - before.y();
    if (down <= 0) {
      return openHeading == 0 && !endsSentence(open) && Character.isLowerCase(words.charAt(0));
    }
    var indented = line.left() > before.left() + line.size() && !isItem(open);
    return down < APART * leading * line.size() && !NUMBER.matcher(words).matches() && !indented;
  }

  private void append(String words) {
    if (!open.isEmpty() && isHyphenated(words)) {
      var first = words.split("[^\\p{L}]", 2)[0];
      var last = open.substring(0, open.length() - 1).replaceAll("(?s).*[^\\p{L}]", "");
      if (!compounds.contains(last + "-" + first)) {
        open.setLength(open.length() - 1);
      }
      open.append(words);
    } else {
      open.append(open.isEmpty() ? "" : " ").append(words);
    }
  }

  private boolean isHyphenated(String next) {
    int n = open.length();
    return n > 1
        && (open.charAt(n - 1) == '-' || open.charAt(n - 1) == '\u00AD')
        && Character.isLetter(open.charAt(n - 2))
        && Character.isLowerCase(next.charAt(0));
  }

  private void close() {
    var words = open.toString().replace("\u00AD", "").strip();
    open.setLength(0);
    if (words.isEmpty()) {
      return;
    }
    if (openHeading > 0 && words.length() <= LONGEST_HEADING) {
      markdown.heading(openHeading, words);
      firstHeading = firstHeading == null ? words : firstHeading;
    } else if (isItem(words)) {
      markdown.item(0, "- ", BULLET.matcher(words).replaceFirst(""));
    } else {
      markdown.paragraph(words);
    }
    openHeading = 0;
  }

  private int headingLevel(PdfLine line) {
    return 1 + headingSizes.indexOf(rounded(line.size()));
  }

  /** Sizes clearly above that of the running text, the largest first; too many are decoration. */
  private List<Double> headingSizes(List<PdfLine> lines) {
    var larger = new TreeSet<Double>();
    lines.stream()
        .map(line -> rounded(line.size()))
        .filter(s -> s >= bodySize * LARGER)
        .forEach(larger::add);
    return larger.descendingSet().stream().limit(DEEPEST_HEADING).toList();
  }

  private static double bodySize(List<PdfLine> lines) {
    var characters = new TreeMap<Double, Integer>();
    lines.forEach(
        line -> characters.merge(rounded(line.size()), line.words().length(), Integer::sum));
    return characters.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(1.0);
  }

  /** The usual distance of the running text's lines, in font sizes. */
  private double leading() {
    var distances = new ArrayList<Double>();
    for (var page : pages) {
      for (int i = 1; i < page.size(); i++) {
        double distance = (page.get(i).y() - page.get(i - 1).y()) / page.get(i).size();
        if (rounded(page.get(i).size()) == bodySize && distance > 0.8 && distance < 2.5) {
          distances.add(distance);
        }
      }
    }
    distances.sort(null);
    return distances.isEmpty() ? TYPICAL_LEADING : distances.get(distances.size() / 3);
  }

  /**
   * Running heads, feet and page numbers: the same at a page's edge on most pages, but for digits.
   */
  private static List<List<PdfLine>> withoutRepeated(List<List<PdfLine>> pages) {
    if (pages.size() < 2) {
      return pages;
    }
    var counts = new HashMap<String, Integer>();
    for (var page : pages) {
      new HashSet<>(edges(page).values()).forEach(words -> counts.merge(words, 1, Integer::sum));
    }
    int most = Math.max(2, (int) Math.ceil(pages.size() * .5));
    return pages.stream().map(page -> withoutEdges(page, counts, most)).toList();
  }

  /** From the edge inwards, as far as lines repeat. */
  private static List<PdfLine> withoutEdges(
      List<PdfLine> page, Map<String, Integer> counts, int most) {
    var edges = edges(page);
    var sorted = page.stream().sorted(Comparator.comparingDouble(PdfLine::y)).toList();
    var gone = new HashSet<PdfLine>();
    for (var inwards : List.of(sorted, sorted.reversed())) {
      inwards.stream()
          .takeWhile(line -> counts.getOrDefault(edges.getOrDefault(line, ""), 0) >= most)
          .forEach(gone::add);
    }
    return page.stream().filter(line -> !gone.contains(line)).toList();
  }

  private static Map<PdfLine, String> edges(List<PdfLine> page) {
    var sorted = page.stream().sorted(Comparator.comparingDouble(PdfLine::y)).toList();
    int n = sorted.size();
    var edges = new ArrayList<>(sorted.subList(0, Math.min(EDGE_LINES, n)));
    edges.addAll(sorted.subList(Math.max(0, n - EDGE_LINES), n));
    return edges.stream()
        .distinct()
        .collect(
            Collectors.toMap(
                Function.identity(),
                line -> line.words().replaceAll("\\d+", "#") + " at " + Math.round(line.y() / 6)));
  }

  private static boolean isItem(CharSequence words) {
    return BULLET.matcher(words).find();
  }

  private static boolean endsSentence(CharSequence words) {
    return ".!?:;".indexOf(words.charAt(words.length() - 1)) >= 0;
  }

  private static double rounded(double size) {
    return Math.round(size * 2) / 2.0;
  }
}
