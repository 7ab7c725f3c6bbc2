package io.candor.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Quoted evidence as a sentence to show: the same words without Markdown's or HTML's marks. */
final class OwnWords {
  private static final Pattern HTML_TAG = Pattern.compile("</?\\p{L}[^<>]{0,200}>");
  private static final Pattern LINK =
      Pattern.compile("!?\\[([^\\]\\[]*)]\\([^()\\s]*(?:\\s[^()]*)?\\)");
  private static final Pattern LEAD = Pattern.compile("(?m)^\\s*(#{1,6}|[-*+•>]|\\d{1,3}[.)])\\s+");
  private static final Pattern EMPHASIS = Pattern.compile("(?<=\\S)\\*{1,3}|\\*{1,3}(?=\\S)|__|`");

  private OwnWords() {}

  static String of(Evidence evidence) {
    var own = evidence.quote();
    return evidence
        .leadIn()
        .map(leadIn ->
            evidence.isRow() ? row(leadIn.quote(), own) : plain(leadIn.quote() + " " + plain(own)))
        .orElseGet(() -> evidence.isRow() ? row(header(evidence.hit()), own) : plain(own));
  }

  /** The columns' names of a table that goes on in this chunk: the innermost heading has them. */
  private static String header(Hit hit) {
    return hit.innermost().contains("|") ? hit.innermost() : "";
  }

  /** A table's row, each cell after its column's name: "Zone: 2; Price: €4". */
  private static String row(String header, String row) {
    var names = cells(header);
    var cells = cells(row);
    var named = new ArrayList<String>();
    for (int i = 0; i < cells.size(); i++) {
      var name = i < names.size() ? names.get(i) : "";
      if (!cells.get(i).isEmpty()) {
        named.add(name.isEmpty() ? cells.get(i) : name + ": " + cells.get(i));
      }
    }
    return String.join("; ", named);
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
