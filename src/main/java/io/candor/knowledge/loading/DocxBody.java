package io.candor.knowledge.loading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/** Writes a Word document's body as Markdown while its XML goes by. */
final class DocxBody implements Xml.Visitor {
  // A text box stands in the file twice: as drawn, and for programs that cannot draw it.
  private static final Set<String> UNREAD = Set.of("Fallback", "instrText", "delText");

  private final DocxStyles styles;
  private final MarkdownWriter markdown = new MarkdownWriter();
  private final Deque<Table> tables = new ArrayDeque<>();
  private final Deque<Paragraph> paragraphs = new ArrayDeque<>();
  private final Map<String, Integer> counted = new HashMap<>();
  private String firstHeading;
  private int unread;
  private boolean inText;

  DocxBody(DocxStyles styles) {
    this.styles = styles;
  }

  String markdown() {
    return markdown.toString();
  }

  Optional<String> firstHeading() {
    return Optional.ofNullable(firstHeading);
  }

  /** A paragraph being read; a text box has paragraphs inside one. */
  private static final class Paragraph {
    private final StringBuilder words = new StringBuilder();
    private String style = "";
    private String list = "";
    private int level;
    private int outline = -1;
  }

  /** A table being read; one inside a cell becomes words of that cell. */
  private static final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private int span = 1;
  }

  @Override
  public void start(String name, XMLStreamReader element) {
    if (UNREAD.contains(name) || unread > 0) {
      unread++;
      return;
    }
    switch (name) {
      case "p" -> paragraphs.push(new Paragraph());
      case "t" -> inText = true;
      case "tab" -> append(" ");
      case "br", "cr" -> append(" ");
      case "noBreakHyphen" -> append("-");
      case "docPr" -> image(element);
      case "tbl" -> tables.push(new Table());
      case "tr" -> {
        if (!tables.isEmpty()) {
          tables.peek().rows.add(new ArrayList<>());
        }
      }
      default -> property(name, DocxStyles.value(element, "val").orElse(""));
    }
  }

  private void property(String name, String value) {
    var number = value.matches("\\d{1,4}") ? Integer.parseInt(value) : 0;
    if (name.equals("gridSpan") && !tables.isEmpty()) {
      tables.peek().span = Math.clamp(number, 1, 100);
    }
    if (paragraphs.isEmpty()) {
      return;
    }
    switch (name) {
      case "pStyle" -> paragraphs.peek().style = value;
      case "numId" -> paragraphs.peek().list = value.equals("0") ? "" : value;
      case "ilvl" -> paragraphs.peek().level = Math.min(number, 8);
      case "outlineLvl" -> paragraphs.peek().outline = number;
      default -> {}
    }
  }

  @Override
  public void end(String name) {
    if (unread > 0) {
      unread--;
      return;
    }
    switch (name) {
      case "t" -> inText = false;
      case "p" -> {
        if (!paragraphs.isEmpty()) {
          write(paragraphs.pop());
        }
      }
      case "tc" -> {
        if (!tables.isEmpty() && !tables.peek().rows.isEmpty()) {
          endCell(tables.peek());
        }
      }
      case "tbl" -> {
        if (!tables.isEmpty()) {
          endTable(tables.pop());
        }
      }
      default -> {}
    }
  }

  @Override
  public void text(String words) {
    if (inText && unread == 0) {
      append(words);
    }
  }

  private void append(String words) {
    if (!paragraphs.isEmpty()) {
      paragraphs.peek().words.append(words);
    }
  }

  private void image(XMLStreamReader element) {
    DocxStyles.value(element, "descr")
        .filter(words -> !words.isBlank())
        .ifPresent(words -> append(" (Image: %s) ".formatted(words.strip())));
  }

  private void write(Paragraph paragraph) {
    var words = paragraph.words.toString().strip().replaceAll("\\s+", " ");
    if (words.isEmpty()) {
      return;
    }
    if (!tables.isEmpty()) {
      tables.peek().cell.append(words).append(' ');
      return;
    }
    var heading = styles.headingLevel(paragraph.style);
    if (heading.isPresent() || (paragraph.outline >= 0 && paragraph.outline < 9)) {
      markdown.heading(heading.orElse(paragraph.outline + 1), words);
      firstHeading = firstHeading == null ? words : firstHeading;
    } else if (!paragraph.list.isEmpty()) {
      markdown.item(paragraph.level, marker(paragraph), words);
    } else {
      markdown.paragraph(words);
    }
  }

  private String marker(Paragraph item) {
    if (styles.isBullet(item.list, item.level)) {
      return "- ";
    }
    var place = item.list + " ";
    counted.keySet().removeIf(other -> other.startsWith(place) && level(other) > item.level);
    return counted.merge(place + item.level, 1, Integer::sum) + ". ";
  }

  private static int level(String place) {
    return Integer.parseInt(place.substring(place.lastIndexOf(' ') + 1));
  }

  /** A cell over several columns is followed by empty ones, so that the next stand in theirs. */
  private static void endCell(Table table) {
    var row = table.rows.getLast();
    row.add(table.cell.toString());
    for (int i = 1; i < table.span; i++) {
      row.add("");
    }
    table.cell.setLength(0);
    table.span = 1;
  }

  private void endTable(Table table) {
    if (tables.isEmpty()) {
      markdown.table(table.rows);
    } else {
      table.rows.forEach(row -> tables.peek().cell.append(String.join(", ", row)).append("; "));
    }
  }
}
