package io.candor.retrieval;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Quoted evidence as a sentence to show: the same words without Markdown's or HTML's marks. */
final class OwnWords {
  private static final Pattern HTML_TAG = Pattern.compile("</?\\p{L}[^<>]{0,200}>");
  private static final Pattern LINK =
      Pattern.compile("!?\\[([^\\]\\[]*)]\\([^()\\s]*(?:\\s[^()]*)?\\)");
  private static final Pattern LEAD = Pattern.compile("(?m)^\\s*(#{1,6}|[-*+•>]|\\d{1,3}[.)])\\s+");
  private static final Pattern EMPHASIS = Pattern.compile("(?<=\\S)\\*{1,3}|\\*{1,3}(?=\\S)|__|`");

  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  private OwnWords() {}

  /** A statement that can be read alone; a table's row as "Zone: 2; Price: €4". */
  static String of(Evidence evidence) {
    if (evidence.isRow()) {
      return cells(evidence).stream().map(Cell::named).collect(Collectors.joining("; "));
    }
    var own = plain(evidence.quote());
    return evidence.leadIn().map(leadIn -> plain(leadIn.quote() + " " + own)).orElse(own);
  }

  /** The same for people; a table's row as "Zone 2 — Price: €4". */
  static String shown(Evidence evidence) {
    var cells = evidence.isRow() ? cells(evidence) : List.<Cell>of();
    return cells.size() < 2
        ? of(evidence)
        : cells.getFirst().asSubject()
            + " — "
            + cells.stream().skip(1).map(Cell::named).collect(Collectors.joining("; "));
  }

  /** What stands in a table's column. */
  private record Cell(String column, String text) {
    String named() {
      return column.isEmpty() ? text : column + ": " + text;
    }

    /** What a row is about: words say it themselves, a number only with the column's name. */
    String asSubject() {
      return LETTER.matcher(text).find() ? text : (column + " " + text).strip();
    }
  }

  private static List<Cell> cells(Evidence row) {
    var names = cells(row.leadIn().map(Evidence::quote).orElseGet(() -> header(row.hit())));
    var texts = cells(row.quote());
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new Cell(i < names.size() ? names.get(i) : "", texts.get(i)))
        .filter(cell -> !cell.text().isEmpty())
        .toList();
  }

  /** The columns' names of a table that goes on in this chunk: the innermost heading has them. */
  private static String header(Hit hit) {
    return hit.innermost().contains("|") ? hit.innermost() : "";
  }

  private static List<String> cells(String row) {
    var inner = row.strip().replaceAll("^\\||\\|$", "");
    return Arrays.stream(inner.split("(?<!\\\\)\\|", -1)).map(OwnWords::plain).toList();
  }

  static String plain(String quote) {
    var text = HTML_TAG.matcher(quote).replaceAll(" ");
    text = LINK.matcher(text).replaceAll("$1");
    text = LEAD.matcher(text).replaceAll("");
    text = EMPHASIS.matcher(text).replaceAll("");
    return text.replaceAll("\\s+", " ").strip();
  }
}
