package io.candor.retrieval;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What kind of answer a question asks for, and whether a sentence holds one of that kind. */
enum AnswerType {
  AMOUNT(
      "how much|costs?|prices?|fees?|charges?|pay|penalty|expensive|cheap|amount|discount|money",
      "[€$£¥]\\s?\\d|\\d\\s?(€|%|euros?\\b|dollars?\\b|pounds?\\b|cents?\\b|percent\\b)|\\bfree\\b"),
  TIME(
      "how (long|soon|quick|quickly|fast|often|late|early)|when|until|by what time|deadline"
          + "|opening|hours|days",
      "\\b(\\d+|one|two|three|four|five|six|seven|eight|nine|ten)[- ]"
          + "((working|business|calendar) )?(seconds?|minutes?|hours?|days?|weeks?|months?|years?)\\b"
          + "|\\b\\d{1,2}[:.]\\d\\d\\b|\\b(once|twice|within|until|at once|same day|never|always"
          + "|daily|weekly|monthly)\\b|\\b\\d{1,2} (January|February|March|April|May|June|July"
          + "|August|September|October|November|December)\\b"),
  NUMBER(
      "how (many|heavy|big|large|small|old|tall|wide|far|high|deep|thick)|weighs?|weight|size"
          + "|(which|what) (rate|percentage|age|number|temperature|capacity)",
      "\\d"),
  OPEN("", "");

  private final Pattern asks;
  private final Pattern answers;

  AnswerType(String asks, String answers) {
    this.asks = Pattern.compile("\\b(" + asks + ")\\b", Pattern.CASE_INSENSITIVE);
    this.answers = Pattern.compile(answers, Pattern.CASE_INSENSITIVE);
  }

  static AnswerType of(String question) {
    return Arrays.stream(values())
        .filter(type -> type != OPEN && type.asks.matcher(question).find())
        .findFirst()
        .orElse(OPEN);
  }

  boolean isIn(String sentence) {
    return this != OPEN && answers.matcher(sentence).find();
  }
}
