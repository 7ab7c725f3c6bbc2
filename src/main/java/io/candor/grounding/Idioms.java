package io.candor.grounding;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns of phrase that say the same in other words than word for word; each is read as its plainer
 * form, in the claim as in the evidence.
 */
final class Idioms {
  private record Idiom(Pattern said, String meant) {}

  private static final String OBJECT = "((?:\\p{L}+ ){1,3}?)";
  private static final String NEXT =
      "(?=[,.;:!?]|$| (?:and|or|if|when|once|before|after|until|since|at|on|by|within|from|for|with"
          + "|as|free|again|then|to|between|during|per)\\b)";

  private static final List<Idiom> ALL =
      List.of(
          idiom("(?:send|bring|take|ship|mail|hand) ((?:\\p{L}+ ){1,3})back\\b", "return $1"),
          idiom("\\bpick " + OBJECT + "up" + NEXT, "pick up $1"),
          idiom("\\bdrop " + OBJECT + "off" + NEXT, "drop off $1"),
          idiom("\\bhand " + OBJECT + "in" + NEXT, "hand in $1"),
          idiom("\\bput " + OBJECT + "right" + NEXT, "put right $1"),
          idiom("\\bback " + OBJECT + "up" + NEXT, "back up $1"),
          idiom("\\b(get|have|want|need) " + OBJECT + "back" + NEXT, "get back $2"),
          idiom("\\bput(s?) " + OBJECT + "together" + NEXT, "put together $2"),
          idiom("(?<=\\d) years (?:of age|old)\\b", " of age"),
          idiom("\\baged (?=\\d)", ""),
          idiom("\\bset " + OBJECT + "up" + NEXT, "set up $1"),
          idiom("\\bfill " + OBJECT + "(in|out)" + NEXT, "fill $2 $1"),
          idiom("\\bcall " + OBJECT + "off" + NEXT, "call off $1"),
          idiom("\\b(take|took|taken|taking) " + OBJECT + "(off|away)" + NEXT, "$1 $3 $2"),
          idiom("\\b(throw|threw|thrown) " + OBJECT + "away" + NEXT, "$1 away $2"),
          idiom("\\b(is|are) (?:all )?in the price\\b", "$1 included in the price"),
          idiom("\\bno longer\\b", "not"),
          idiom("(?<=\\bnot\\b[^.;!?]{0,80}) any ?(?:more|longer)\\b", ""),
          idiom("\\bin (?:the event|case) of\\b", "if there is"),
          idiom("\\bas well as\\b", "and"),
          idiom("(?<!\\blasts? )\\b(?:as|so) long as\\b", "if"),
          idiom("\\b(?:on condition|provided) that\\b", "if"),
          idiom("\\ba single\\b", "one"),
          idiom("^following (?=\\p{L})", "after "),
          idiom("(?<=^|[,;:] )do (?!not\\b|you\\b|we\\b|they\\b|i\\b)", ""),
          idiom("\\b(?:irrespective|regardless) of\\b|\\bno matter\\b", "whatever"),
          idiom(",? all the same(?=[.!]?$)", ""));

  private Idioms() {}

  /** Most sentences hold none of the words that an idiom needs. */
  private static final Pattern ANY =
      Pattern.compile(
          "\\b(?:back|up|off|in|right|away|out|together|aged|years|price|longer|more|event|case|as"
              + "|following|do|long|that|single|of|matter|same)\\b",
          Pattern.CASE_INSENSITIVE);

  static String plain(String text) {
    if (!ANY.matcher(text).find()) {
      return text;
    }
    String plain = text;
    for (Idiom idiom : ALL) {
      plain = idiom.said().matcher(plain).replaceAll(idiom.meant());
    }
    return plain.replaceAll(" +(?=[,.;:!?]|$)", "").replaceAll(" {2,}", " ");
  }

  private static Idiom idiom(String said, String meant) {
    return new Idiom(Pattern.compile("(?i)" + said), meant);
  }
}
