package io.candor.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Divides a chunk into its {@link Unit}s, by lines first and sentences within paragraphs. */
final class Units {
  /** A list up to this many characters is quoted as a whole, with the sentence above it. */
  private static final int SHORT = 450;

  private static final Pattern LINE = Pattern.compile("[^\\n]*\\S[^\\n]*|\\n[ \\t\\r]*(?=\\n)");
  private static final Pattern HEADING = Pattern.compile("\\s{0,3}#{1,6}\\s.*");
  private static final Pattern RULE = Pattern.compile("[\\s|:=*_-]+");
  private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*+•]|\\d{1,3}[.)])\\s.*");
  private static final Pattern ROW = Pattern.compile("\\s*\\|.*");

  /** Rather too few breaks than too many: half a sentence must not be quoted. */
  private static final Pattern BREAK =
      Pattern.compile(
          "(?<=[.!?…]['\"”’»)\\]*_]{0,3})(?<!\\b(?:e\\.g|i\\.e|Mr|Mrs|Ms|Dr|No|vs|Inc|Ltd|St)\\.)\\s+"
              + "(?![\\p{Ll}\\s])|(?<=[。！？])");

  private final CharSequence text;
  private final boolean isHtml;
  private final List<Unit> units = new ArrayList<>();
  private final List<Unit> group = new ArrayList<>();
  private Kind open = Kind.NONE;

  private enum Kind {
    NONE,
    PARAGRAPH,
    LIST,
    TABLE
  }

  private Units(CharSequence text, boolean isHtml) {
    this.text = text;
    this.isHtml = isHtml;
  }

  static List<Unit> in(Hit hit) {
    var isHtml = !hit.source().equals(hit.text());
    var units = new Units(isHtml ? Markup.blanked(hit.source()) : hit.source(), isHtml);
    units.read();
    return units.units;
  }

  private void read() {
    var lines = LINE.matcher(text);
    while (lines.find()) {
      var line = unit(lines.start(), lines.end());
      var kind = kind(lines.group());
      if (kind == Kind.NONE) {
        close();
      } else if (kind == Kind.PARAGRAPH && (open == Kind.PARAGRAPH || open == Kind.LIST)) {
        extend(line);
      } else {
        add(kind, line);
      }
    }
    close();
  }

  private static Kind kind(String line) {
    if (line.isBlank() || HEADING.matcher(line).matches()) {
      return Kind.NONE;
    } else if (ROW.matcher(line).matches()) {
      return Kind.TABLE;
    } else if (ITEM.matcher(line).matches()) {
      return Kind.LIST;
    }
    return Kind.PARAGRAPH;
  }

  private void add(Kind kind, Unit line) {
    if (kind != open) {
      close();
      open = kind;
    }
    group.add(line);
  }

  /** A wrapped line goes on with the paragraph or item above it. */
  private void extend(Unit line) {
    group.add(group.removeLast().upTo(line));
  }

  private void close() {
    switch (open) {
      case NONE -> {}
      case PARAGRAPH -> addSentences(group.getFirst());
      case LIST -> addList(announcement());
      case TABLE -> addTable();
    }
    group.clear();
    open = Kind.NONE;
  }

  private void addSentences(Unit paragraph) {
    int start = paragraph.start();
    var breaks = BREAK.matcher(text).region(start, paragraph.end()).useTransparentBounds(true);
    while (breaks.find()) {
      addUnit(unit(start, breaks.start()));
      start = breaks.end();
    }
    addUnit(unit(start, paragraph.end()));
  }

  private void addUnit(Unit unit) {
    if (unit.length() > 0 && !RULE.matcher(unit.words()).matches()) {
      units.add(unit);
    }
  }

  /** The sentence above a list that says what it lists; null if there is none. */
  private Unit announcement() {
    return !units.isEmpty() && units.getLast().words().endsWith(":") ? units.getLast() : null;
  }

  /**
   * A row is quoted alone: the rows beside it answer other questions. Its header is the row above
   * the rule; the chunk in which a long table goes on has none.
   */
  private void addTable() {
    var isHeaded = isHtml || (group.size() > 1 && RULE.matcher(group.get(1).words()).matches());
    var header = isHeaded ? group.removeFirst() : null;
    for (var row : group) {
      addUnit(row.under(header));
    }
  }

  private void addList(Unit leadIn) {
    if (leadIn != null && group.getLast().end() - leadIn.start() <= SHORT) {
      units.removeLast();
      units.add(group.stream().reduce(leadIn, Unit::upTo));
      return;
    }
    for (var item : group) {
      addUnit(item.under(leadIn));
    }
  }

  private Unit unit(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (start < end && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    var words = text.subSequence(start, end).toString().replaceAll("\\s+", " ");
    return new Unit(start, end, words, null);
  }
}
