package io.candor.chat;

import java.util.List;
import java.util.regex.Pattern;

/** When a conversation goes to a person: on request, and where no page could settle the matter. */
final class PersonWanted {
  private static final String ARTICLE = "((a|an|the|your|some|any|another|one of your) )?";
  private static final String LIVE = ARTICLE + "((real|live|actual|proper|human) )*";
  private static final String PERSON =
      "(hum[ae]n( being)?|humans|pers?o?n|agent|representative|rep|advis[oe]r|operator|manager"
          + "|supervisor|colleague|employee|staff( member)?|member of staff)s?";
  private static final String SOMEBODY = "(someone|somebody|anyone|anybody|real people|people)";
  private static final String NOT_A_THING =
      "(?! (account|discount|card|number|code|price|rate|fee|id))\\b";
  private static final String NOW =
      "( (please|now|right now|immediately|here|today|asap|instead))*";

  private static final List<Pattern> ASKED =
      List.of(
          Pattern.compile(
              "\\b(?<!do i (have|need) to )(speak|talk|chat|connect|transfer (me|this|us)|escalate|put|pass"
                  + "|switch me|redirect me|hand me)"
                  + "(( \\w+){0,3}? (to|with|through to|over to|on to|onto)) "
                  + LIVE
                  + "("
                  + PERSON
                  + "|"
                  + SOMEBODY
                  + ")\\b"
                  + NOT_A_THING),
          Pattern.compile(
              "\\b(put|get) (\\w+ )?(someone|somebody|a human|a person|an agent|a manager) on\\b"),
          Pattern.compile(
              "\\b(want|need|get|give|fetch|find|like)( me)?( to (reach|get|see|have))? "
                  + LIVE
                  + "(hum[ae]n( being)?|pers?o?n|agent|representative|operator|manager|supervisor)\\b"
                  + "(?! (to|who|for|in|account|discount|card|number|code|rate|fee))"),
          Pattern.compile("\\b(get|give|fetch|find) me (somebody|someone|anyone|anybody)\\b"),
          Pattern.compile(
              "^(please )?"
                  + LIVE
                  + "(human|agent|representative|operator|pers?o?n|supervisor)"
                  + NOW
                  + "$"),
          Pattern.compile(
              "^(please )?(let me|can i|could i|may i) (speak|talk)( (to|with) you(r boss)?)?"
                  + NOW
                  + "$"),
          Pattern.compile("\\b(call|ring|phone) me back\\b"),
          Pattern.compile(
              "\\b(is there|are there) "
                  + LIVE
                  + "("
                  + PERSON
                  + "|"
                  + SOMEBODY
                  + ") (i|that i|who i|here)( (can|could|may))? (speak|talk|chat)\\b"));

  private static final String KIN =
      "(mother|father|mum|mom|dad|husband|wife|partner|son|daughter|brother|sister|grandmother"
          + "|grandfather|grandma|grandpa|child|baby|uncle|aunt|parents?|friend)";
  private static final String HURT =
      "(burnt?|burned|hurt|injured|bleeding|wounded|scalded|poisoned|electrocuted)";
  private static final List<Pattern> NEEDED =
      List.of(
          Pattern.compile(
              "\\b(sue|suing) (you|your|this company)\\b"
                  + "|\\b(my|our) (lawyer|solicitor|attorney|barrister)s? (will|is|are|has|have|says|said)\\b"
                  + "|\\b(hear(ing)? from|contact|call|calling|speak to|get|talk to)"
                  + " (my|our|a) (lawyer|solicitor|attorney)"
                  + "s?\\b"
                  + "|\\b(take|taking|see) you (guys )?(to|in) court\\b|\\blegal action against (you|your)\\b"),
          Pattern.compile(
              "\\bmy (late )?"
                  + KIN
                  + " (has |have |had |just |recently |sadly )*"
                  + "(died|passed away)\\b|\\bmy late (?!fee)"
                  + KIN
                  + "\\b"),
          Pattern.compile(
              "\\b(my|our) (hands?|arms?|legs?|face|fingers?|eyes?|foot|feet|skin|"
                  + KIN
                  + ") (is|are|was|were|got|has been|have been) (badly |seriously )?"
                  + HURT
                  + "\\b"
                  + "|\\bi (was|got|have been) (badly |seriously )?(injured|scalded|electrocuted)\\b"
                  + "|\\b(your|the|my) [^?]{0,40}\\b(exploded|blew up|burst into flames|caught fire)\\b"),
          Pattern.compile(
              "\\b(someone|somebody|a stranger|a hacker)( else)? (is|has|got|keeps)\\b.{0,40}"
                  + "\\b(my|our) account\\b"
                  + "|\\b(my|our) account (was|is|has been|got) (hacked|taken over|stolen|compromised)\\b"));

  private PersonWanted() {}

  /** Whether a plain text asks for a person. */
  static boolean isAskedFor(String text) {
    return ASKED.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }

  /** Whether a plain text tells of a lawyer, an injury, a death, or an account in other hands. */
  static boolean isNeeded(String text) {
    return NEEDED.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }
}
