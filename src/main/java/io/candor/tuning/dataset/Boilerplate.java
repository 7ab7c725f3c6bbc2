package io.candor.tuning.dataset;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes what every reply has, and none needs, from what an agent wrote. */
final class Boilerplate {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** From here on a message repeats another one, or signs. */
  private static final Pattern END =
      Pattern.compile(
          "(?m)^\\s*(?:--\\s*$|-{3,}.*|_{3,}.*|>.*|on .{5,80} wrote:.*|from: .*|sent from my .*"
              + "|(?:with )?(?:kind|best|warm|many)(?:est)? (?:regards|wishes|thanks)\\b.*|(?:best )?regards,?"
              + "|best,|all the best,?|yours(?: sincerely| faithfully| truly)?,?|sincerely,?|cheers,?)\\s*$",
          FLAGS);

  private static final Pattern GREETING =
      Pattern.compile(
          "(?m)^\\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\\b[^,.!?\\n]{0,40}[,.!]\\s*)",
          FLAGS);

  /** A sentence that is nothing but courtesy. */
  private static final Pattern COURTESY =
      Pattern.compile(
          "(?:(?:many )?thanks?(?: you)?\\b.{0,80}|i hope .{0,60}(?:well|helps|day|weekend)"
              + "|(?:please )?(?:let (?:me|us) know|(?:do not|don't) hesitate|feel free)\\b.{0,100}"
              + "|(?:is|if) there(?:'s| is)? anything else\\b.{0,80}|have a (?:nice|great|good|lovely)\\b.{0,40}"
              + "|my name is .{0,60}|i am happy to help.{0,40}|happy to help.{0,40}|you are welcome"
              + "|(?:we|i) (?:are|am) sorry to hear.{0,80}|sorry (?:for|about) .{0,80})[.!?]*",
          FLAGS | Pattern.DOTALL);

  private Boilerplate() {}

  /** Without greeting, quotation and signature; markup of sentences as it was. */
  static String stripped(String text) {
    var end = END.matcher(text);
    var body = end.find() ? text.substring(0, end.start()) : text;
    var rest = GREETING.matcher(body.strip()).replaceFirst("").strip();
    return rest.isEmpty() ? rest : Character.toUpperCase(rest.charAt(0)) + rest.substring(1);
  }

  static boolean isCourtesy(String sentence) {
    return COURTESY.matcher(sentence.strip()).matches();
  }

  /** By full stops and lines. */
  static List<String> sentences(String text) {
    var sentences = new ArrayList<String>();
    for (var line : text.lines().toList()) {
      var breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
      breaks.setText(line);
      int start = breaks.first();
      for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
        var sentence = line.substring(start, end).strip();
        if (!sentence.isEmpty()) {
          sentences.add(sentence);
        }
        start = end;
      }
    }
    return sentences;
  }
}
