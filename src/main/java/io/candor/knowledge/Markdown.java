package io.candor.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Reads the structure of Markdown (CommonMark with tables); YAML front matter is passed over. */
final class Markdown {
  private static final Pattern FRONT_MATTER =
      Pattern.compile(
          "\\A\uFEFF?---[ \\t]*\\R.*?^(?:---|\\.\\.\\.)[ \\t]*(?:\\R|\\z)",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final int DEEPEST = 100;
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .maxOpenBlockParsers(DEEPEST)
          .maxInlineNesting(DEEPEST)
          .build();

  private final String text;
  private final int offset;
  private final Headings headings = new Headings();
  private final List<Section> sections = new ArrayList<>(List.of(new Section("")));

  private Markdown(String text, int offset) {
    this.text = text;
    this.offset = offset;
  }

  /** The sections of a text, with ranges in all of it. */
  static List<Section> sections(String text) {
    var frontMatter = FRONT_MATTER.matcher(text);
    int offset = frontMatter.find() ? frontMatter.end() : 0;
    var markdown = new Markdown(text, offset);
    markdown.readChildren(PARSER.parse(text.substring(offset)));
    return markdown.sections;
  }

  private void readChildren(Node parent) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
      read(node);
    }
  }

  private void read(Node node) {
    switch (node) {
      case Heading heading -> {
        headings.enter(heading.getLevel(), words(heading));
        sections.add(new Section(headings.with(List.of()), range(heading).start()));
      }
      case TableBlock table -> readTable(table);
      case ListBlock list -> readList(list);
      case Paragraph paragraph -> section().addSentences(text, range(paragraph), false);
      case FencedCodeBlock code -> section().addLines(text, range(code));
      case IndentedCodeBlock code -> section().addLines(text, range(code));
      case ThematicBreak _, LinkReferenceDefinition _ -> {}
      case Block block when block.getFirstChild() instanceof Block -> readChildren(block);
      case Block block -> section().addSentences(text, range(block), false);
      default -> throw new IllegalStateException("not a block: " + node);
    }
  }

  /** A short list is one thought; an item that is too long to stay whole is read block by block. */
  private void readList(ListBlock list) {
    var leansBack = section().announces(text);
    if (range(list).length() <= Packing.MOST) {
      section().addWhole(text, range(list), Packing.MOST, leansBack);
      return;
    }
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      var range = range(item);
      var nested = item.getFirstChild() != item.getLastChild();
      if (range.length() > Packing.TARGET && nested) {
        readChildren(item);
      } else {
        section().addWhole(text, range, Packing.TARGET, leansBack);
      }
      leansBack = false;
    }
  }

  /** The head opens the first chunk; the others know their columns by their heading. */
  private void readTable(TableBlock table) {
    var columns = new ArrayList<String>();
    var body = new ArrayList<Range>();
    for (var part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (var row = part.getFirstChild(); row instanceof TableRow; row = row.getNext()) {
        if (part instanceof TableHead) {
          for (var cell = row.getFirstChild(); cell instanceof TableCell; cell = cell.getNext()) {
            columns.add(words(cell));
          }
        } else {
          body.add(range(row));
        }
      }
    }
    open(columns);
    int start = range(table).start();
    for (var row : body.isEmpty() ? List.of(range(table)) : body) {
      section().addLines(text, new Range(start, row.end()));
      start = row.end();
    }
    open(List.of());
  }

  private void open(List<String> columns) {
    sections.add(new Section(headings.with(columns)));
  }

  private Section section() {
    return sections.getLast();
  }

  private static String words(Node node) {
    var words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text run) {
            words.append(run.getLiteral());
          }

          @Override
          public void visit(Code code) {
            words.append(code.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak end) {
            words.append(' ');
          }
        });
    return words.toString();
  }

  private Range range(Node node) {
    var spans = node.getSourceSpans();
    if (spans.isEmpty()) {
      return new Range(offset, offset);
    }
    var last = spans.getLast();
    return new Range(
        offset + spans.getFirst().getInputIndex(),
        offset + last.getInputIndex() + last.getLength());
  }
}
