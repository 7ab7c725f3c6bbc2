package io.candor.chat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a message wants, where that can be told without looking anything up. */
enum Intent {
  QUESTION,
  GREETING,
  THANKS,
  PERSON;

  private static final Pattern GREETS =
      Pattern.compile(
          "(hi|hey|hello|howdy|greetings|good (morning|afternoon|evening|day))( there| all| team)?");
  private static final Pattern THANKS_US =
      Pattern.compile(
          "(ok |okay |great |perfect |got it |awesome |cool )*(thanks|thank you|thx|cheers|ty)"
              + "( so much| very much| a lot| a million| again| for (your|the) help)*"
              + "|(bye|goodbye|see you|that'?s all|that is all|nothing else)( thanks| thank you)?");
  private static final Pattern AGREES =
      Pattern.compile(
          "(yes|yeah|yep|sure|ok|okay|please|do|go ahead|please do|i would)( please| thanks| do)*");
  private static final List<Pattern> ASKS_FOR_A_PERSON =
      List.of(
          Pattern.compile(
              "\\b(speak|talk|chat|connect|transfer|escalate|put)\\b.{0,30}\\b(human|person|agent|"
                  + "representative|rep|someone|somebody|advisor|adviser|manager|supervisor|operator|"
                  + "colleague|staff|real people)\\b"),
          Pattern.compile(
              "\\b(want|need|get|give) (me )?(to (reach|get) )?(a |an |the )?(real |live |actual )?"
                  + "(human|person|agent|representative|operator|manager|supervisor)\\b"),
          Pattern.compile("\\b(get|give) me (somebody|someone)\\b"),
          Pattern.compile(
              "^(please )?(a )?(real |live )?(human|agent|representative|operator|person)( please)?$"),
          Pattern.compile("\\bpass (this|it|me) (on )?to (a |your )?(colleague|person|human)\\b"));

  /** What a message wants, said after these turns: yes to the offer of a person asks for one. */
  static Intent of(String message, List<Conversations.Turn> turns) {
    var text = plain(message);
    var offered =
        !turns.isEmpty() && turns.getLast().outcome().equals(Outcome.ABSTAINED.toString());
    if (offered && AGREES.matcher(text).matches()) {
      return PERSON;
    }
    if (ASKS_FOR_A_PERSON.stream().anyMatch(pattern -> pattern.matcher(text).find())) {
      return PERSON;
    }
    if (GREETS.matcher(text).matches()) {
      return GREETING;
    }
    return THANKS_US.matcher(text).matches() ? THANKS : QUESTION;
  }

  private static String plain(String message) {
    return message
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}' ]+", " ")
        .strip()
        .replaceAll(" +", " ");
  }
}
