package io.candor.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;

/** Reads the structure of HTML; scripts, styles, the head and boilerplate are passed over. */
final class Html implements NodeFilter {
  private static final Set<String> UNSEEN =
      Set.of("script", "style", "noscript", "template", "head", "svg", "iframe", "object");
  // A parser drops a cell's tags where the table around them is cut off.
  private static final Pattern CELL_EDGE = Pattern.compile("(?i)</?t[dhr]\\b[^>]*>");
  private static final int DEEPEST = 500;

  private final String text;
  private final Boilerplate boilerplate;
  private final StringBuilder words;
  private final Headings headings = new Headings();
  private final List<Section> sections = new ArrayList<>(List.of(new Section("")));
  private Range block;
  private boolean whole;
  private boolean inRow;

  private Html(String text, Document page) {
    this.text = text;
    this.boilerplate = new Boilerplate(page);
    // The text with everything but its words blanked, so that positions stay.
    this.words = new StringBuilder(" ".repeat(text.length()));
  }

  /** The sections of a text, with ranges in all of it. */
  static List<Section> sections(String text) {
    var parser = Parser.htmlParser().setTrackPosition(true).setMaxDepth(DEEPEST);
    var page = Jsoup.parse(text, "", parser);
    var html = new Html(text, page);
    page.filter(html);
    html.endBlock();
    return html.sections;
  }

  /** What a reader sees of a range, on one line. */
  static String words(String range) {
    var apart = CELL_EDGE.matcher(range).replaceAll("<br>");
    var body = Jsoup.parseBodyFragment(apart).body();
    body.select("img[alt]").forEach(img -> img.replaceWith(new TextNode(img.attr("alt"))));
    return body.text().strip();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    switch (node) {
      case TextNode run when !run.isBlank() && run.sourceRange().isTracked() -> read(run);
      case Element element when UNSEEN.contains(element.normalName()) -> {
        return FilterResult.SKIP_ENTIRELY;
      }
      case Element element when boilerplate.contains(element) -> {
        endBlock();
        // A chunk does not reach across it.
        open(List.of());
        return FilterResult.SKIP_ENTIRELY;
      }
      case Element image when image.nameIs("img") && !image.attr("alt").isBlank() -> read(image);
      case Element element when element.normalName().matches("h[1-6]") -> {
        endBlock();
        headings.enter(element.normalName().charAt(1) - '0', element.text());
        open(List.of());
        return FilterResult.SKIP_ENTIRELY;
      }
      case Element element -> enter(element);
      default -> {}
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      leave(element);
    }
    return FilterResult.CONTINUE;
  }

  private void read(TextNode run) {
    var range = new Range(run.sourceRange().startPos(), run.sourceRange().endPos());
    show(range);
    extend(range);
  }

  /** A picture is read by its alternative text; a range holds its tag whole. */
  private void read(Element image) {
    var alt = image.attributes().sourceRange("alt").valueRange();
    if (image.sourceRange().isTracked() && alt.isTracked()) {
      show(new Range(alt.startPos(), alt.endPos()));
      var tag = new Range(image.sourceRange().startPos(), image.sourceRange().endPos());
      // What is blank at its ends would be stripped from the range.
      words.setCharAt(tag.start(), '<');
      words.setCharAt(tag.end() - 1, '>');
      extend(tag);
    }
  }

  private void show(Range range) {
    words.replace(range.start(), range.end(), text.substring(range.start(), range.end()));
  }

  private void extend(Range range) {
    block =
        block == null
            ? range
            : new Range(Math.min(block.start(), range.start()), Math.max(block.end(), range.end()));
  }

  private void enter(Element element) {
    if (inRow || !element.isBlock()) {
      return;
    }
    endBlock();
    switch (element.normalName()) {
      case "table" -> open(columns(element));
      case "tr" -> {
        inRow = true;
        whole = true;
      }
      case "li" -> whole = true;
      default -> {}
    }
  }

  private void leave(Element element) {
    if (element.nameIs("tr")) {
      inRow = false;
    }
    if (!inRow && element.isBlock()) {
      endBlock();
    }
    if (!inRow && element.nameIs("table")) {
      open(List.of());
    }
  }

  private void endBlock() {
    if (block != null) {
      var section = sections.getLast();
      if (whole) {
        section.addWhole(words, block, Packing.TARGET, section.announces(words));
      } else {
        section.addSentences(words, block, false);
      }
      block = null;
    }
    whole = false;
  }

  private void open(List<String> columns) {
    sections.add(new Section(headings.with(columns)));
  }

  private static List<String> columns(Element table) {
    var row = table.selectFirst("tr");
    return row == null ? List.of() : row.select("> th").eachText();
  }
}
