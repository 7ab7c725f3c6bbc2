package io.candor.helpdesk.vendor;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;

/** Words without the marks and quotations that mail wraps them in. */
final class PlainText {
  private static final Pattern TAG = Pattern.compile("<(p|div|br|span|html|body|a|ul|table)\\b");

  /** Where the mail that is answered begins; what the common mail programs write. */
  private static final List<Pattern> QUOTED =
      List.of(
          Pattern.compile("(?m)^\\s*On .{5,200}\\bwrote:\\s*$"),
          Pattern.compile("(?m)^-{2,}\\s*(Original Message|Forwarded message)\\s*-{2,}\\s*$"),
          Pattern.compile("(?m)^_{10,}\\s*$\\s*^From: "),
          Pattern.compile("(?m)^##- Please type your reply above this line -##.*$"),
          Pattern.compile("(?m)^From: .+\\R(Sent|Date): .+\\R"));

  private static final Pattern QUOTED_LINES = Pattern.compile("(?m)^>.*(\\R|$)");

  private PlainText() {}

  /** A message in HTML or plain, as its writer typed it. */
  static String of(String text) {
    return withoutQuotes(TAG.matcher(text).find() ? ofHtml(text) : text);
  }

  private static String ofHtml(String html) {
    var body = Jsoup.parse(html).body();
    body.select("blockquote, .gmail_quote, style, script").remove();
    body.select("br").forEach(line -> line.after("\n"));
    body.select("p, div, li, tr").forEach(block -> block.after(newLine(block)));
    return body.wholeText();
  }

  private static String newLine(Element block) {
    return block.is("p") ? "\n\n" : "\n";
  }

  private static String withoutQuotes(String text) {
    var own = text.replace("\r\n", "\n").replace('\u00a0', ' ');
    for (var quoted : QUOTED) {
      var start = quoted.matcher(own);
      if (start.find() && start.start() > 0) {
        own = own.substring(0, start.start());
      }
    }
    return QUOTED_LINES.matcher(own).replaceAll("").replaceAll("\\n{3,}", "\n\n").strip();
  }

  /** The same words as HTML. */
  static String toHtml(String text) {
    return "<p>" + Entities.escape(text).replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>";
  }

  /** Whether two texts say the same, however a helpdesk has marked them up. */
  static boolean same(String one, String other) {
    return letters(one).equals(letters(other));
  }

  private static String letters(String text) {
    return Jsoup.parse(text).wholeText().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
