package io.candor.chat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a follow-up stand alone, so that no number or name of it or of what it leans on is lost: an
 * answer to a clarifying question completes the question that was not clear; and a message that
 * leans on the turn before gets that turn's question put in front, or takes a phrase's place in it.
 * A message that stands alone is left as it is.
 */
final class Contextualiser {
  private static final Pattern ACKNOWLEDGES =
      Pattern.compile(
          "^((ok|okay|great|good|cool|nice|thanks|thank you|alright|all right|right|fine|perfect|got it|i see|hm+"
              + "|sounds"
              + " good|awesome|wow|oh|ah)\\b[,.! ]*(so |then )?)+",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LEANS =
      Pattern.compile(
          "^(and|or|but|then|so|what about|how about|what if|same|even|only|really|instead|otherwise|no[, ]|not|"
              + "(sorry[, ]*)?i mean(t)?|actually)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern COMPARES =
      Pattern.compile(
          "\\b(bigger|smaller|larger|cheaper|longer|shorter|other|another|same|second|third|latter|former|else|"
              + "instead|both|either|neither|too|as well|in that case)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ASKS =
      Pattern.compile(
          "^(what|when|where|which|who|whose|how|why|can|could|may|do|does|did|is|are|was|were|will|would|should|must|"
              + "has|have|am|tell|show|give|please|i|we|my|our)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DEFINITE =
      Pattern.compile("\\b(the|that|this|those|these)\\b", Pattern.CASE_INSENSITIVE);

  /** And to Spain, what about on Sundays: it takes the place of the same preposition's phrase. */
  private static final Pattern ANOTHER_PHRASE =
      Pattern.compile(
          "^(?:and|or|but|what about|how about|no[, ]+)? *(to|in|on|for|with|from|at|by|within|under|over)"
              + " ((?:[\\p{L}\\p{N}'’-]+ ?){1,4})[?.! ]*$",
          Pattern.CASE_INSENSITIVE);

  /** Names of no subject. */
  private static final Pattern CALENDAR =
      Pattern.compile(
          "\\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\\b(January|February|March|April|May|June|July"
              + "|August|September|October|November|December)\\b");

  /** Of what went before no more than this is carried along. */
  private static final int LONGEST = 300;

  private static final int MOST_NAMES = 2;
  private static final int FEW = 2;
  private static final int SOME = 4;
  private static final int MANY = 7;

  private Contextualiser() {}

  /** The message as a question that stands alone after these turns. */
  static String standalone(String message, List<Conversations.Turn> turns) {
    var earlier = lastQuestion(turns);
    if (earlier.isEmpty()) {
      return message;
    }
    var before = earlier.get();
    var chosen = Clarification.choice(message, before);
    if (chosen.isPresent()) {
      return before.standalone() + " " + chosen.get();
    }
    return leans(message) ? combined(before, message) : message;
  }

  /** Small talk between two questions does not part them. */
  private static Optional<Conversations.Turn> lastQuestion(List<Conversations.Turn> turns) {
    return turns.reversed().stream()
        .filter(turn -> SmallTalk.in(Wording.plain(turn.question())).isEmpty())
        .findFirst();
  }

  private static boolean leans(String message) {
    var text = ACKNOWLEDGES.matcher(message).replaceFirst("");
    int content = Wording.content(text).size();
    if (content < FEW) {
      return true;
    }
    var asks = ASKS.matcher(text).find();
    var names = !Wording.names(text).isEmpty();
    return content <= MANY && LEANS.matcher(text).find()
        || content <= MANY && Wording.refersBack(text) && !answersItself(text)
        || content <= SOME && COMPARES.matcher(text).find()
        || content <= FEW && !names && (!asks || DEFINITE.matcher(text).find());
  }

  /** My parcel is late, where is it: what the pronoun stands for is named before it. */
  private static boolean answersItself(String text) {
    return Wording.content(Wording.beforePronoun(text)).size() >= FEW;
  }

  private static String combined(Conversations.Turn turn, String message) {
    var before = turn.standalone();
    var phrase = ANOTHER_PHRASE.matcher(message);
    if (phrase.matches()) {
      var same =
          Pattern.compile(
                  "(?i)(.*\\b%s )((?:the |a |an |my |your )?[\\p{L}\\p{N}'’-]+)([?.!]*)$"
                      .formatted(phrase.group(1)))
              .matcher(before.strip());
      if (same.matches()) {
        return same.group(1) + phrase.group(2).strip() + same.group(3);
      }
    }
    return subject(turn) + shortened(before) + " " + message;
  }

  /** What the reply named, where the question did not: a follow-up is about that. */
  private static String subject(Conversations.Turn turn) {
    var answered = turn.outcome().equals(Outcome.ANSWERED.toString());
    var names = answered && Wording.names(turn.standalone()).isEmpty();
    return names
        ? Wording.names(turn.reply()).stream()
            .filter(name -> !CALENDAR.matcher(name).find())
            .distinct()
            .limit(MOST_NAMES)
            .map(name -> name + " ")
            .collect(Collectors.joining())
        : "";
  }

  /** The end of a long history: the later, the nearer to what is asked now. */
  private static String shortened(String before) {
    if (before.length() <= LONGEST) {
      return before;
    }
    int cut = before.indexOf(' ', before.length() - LONGEST);
    return cut < 0 ? before : before.substring(cut + 1);
  }
}
