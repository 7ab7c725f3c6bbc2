package io.candor.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes a message that asks several things apart, each part to be answered from its own evidence.
 *
 * <p>Conservative: it divides between sentences that each ask, and at a conjunction only where a
 * question stands on both sides of it. A part that leans on the one before gets its subject.
 */
final class CompoundQuestion {
  /** More parts than this are one question: nobody reads four answers in one. */
  private static final int MOST_PARTS = 3;

  private static final String SUBJECT =
      "(i|you|u|we|it|they|he|she|there|that|this|these|those|the|my|your|our|its|their|a|an|any|"
          + "someone|somebody|anyone|delivery|shipping|returns?)";
  private static final String AUXILIARY =
      "(can|could|may|do|does|did|is|are|was|were|will|would|should|must|has|am)(n'?t)?";

  /** How a question begins; when and where begin other clauses too. */
  private static final String ASKS =
      "((until|since|by|for|from|to|at|in|on|with|under) )?(what|who|how|why|whether|(when|where) "
          + AUXILIARY
          + "|which(?! (is|are|was|were|has|have|i|we|you|it)\\b)|"
          + AUXILIARY
          + " "
          + SUBJECT
          + ")\\b(?!ever)";

  private static final Pattern CONJUNCTION =
      Pattern.compile(
          ",? (and|plus)( (also|then|if so|second|secondly))?,? (?=" + ASKS + ")",
          Pattern.CASE_INSENSITIVE);

  /** Where a question may begin: at the start of a clause, or after a word that takes one. */
  private static final Pattern QUESTION =
      Pattern.compile(
          "(?:^|[,;:.!–-] ?|\\b(?:know|tell me|wonder|wondering|ask|asking|find out|explain|say|see"
              + "|hi|hello|hey|please|so|and|also|but|then|ok|great|thanks) ,?)("
              + ASKS
              + ")",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SENTENCE =
      Pattern.compile("[^.?!]*(?:[.?!](?!\\s|$)[^.?!]*)*[.?!]*\\s*");
  private static final Pattern ASKED = Pattern.compile("\\?[\\s?!]*$");
  private static final Pattern CONDITION =
      Pattern.compile(
          "^(if|when|once|after|before|as|for|with|suppose|assuming|say)\\b.*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "\\b(how (long|much|many|far|often|late|soon)|when|where|costs?|price)\\b",
          Pattern.CASE_INSENSITIVE);

  private CompoundQuestion() {}

  /** Its questions in their order, each standing alone; the question itself where it is one. */
  static List<String> parts(String question) {
    var parts = new ArrayList<String>();
    var context = "";
    for (var sentence : sentences(question)) {
      if (SmallTalk.in(Wording.plain(sentence)).isPresent()) {
        continue;
      }
      var asked = questionsOf(sentence);
      if (asked.isEmpty()) {
        context = (context + " " + sentence).strip();
        continue;
      }
      for (var part : asked) {
        if (!parts.isEmpty() && !asksByItself(part)) {
          parts.add(parts.removeLast() + " " + part);
        } else {
          parts.add((context + " " + part).strip());
        }
        context = "";
      }
    }
    if (!context.isEmpty() && !parts.isEmpty()) {
      parts.add(parts.removeLast() + " " + context);
    }
    return parts.size() < 2 || parts.size() > MOST_PARTS ? List.of(question) : withSubjects(parts);
  }

  private static List<String> sentences(String text) {
    return SENTENCE
        .matcher(text)
        .results()
        .map(found -> found.group().strip())
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  /** None where the sentence asks nothing, or nothing that could be looked up. */
  private static List<String> questionsOf(String sentence) {
    var parts = new ArrayList<String>();
    var conjunctions = CONJUNCTION.matcher(sentence);
    int start = 0;
    while (conjunctions.find()) {
      if (asks(sentence.substring(start, conjunctions.start()))
          && asksByItself(sentence.substring(conjunctions.end()))) {
        parts.add(sentence.substring(start, conjunctions.start()));
        start = conjunctions.end();
      }
    }
    var rest = sentence.substring(start);
    if (!parts.isEmpty() || (ASKED.matcher(rest).find() || asks(rest)) && asksByItself(rest)) {
      parts.add(rest);
    }
    return parts;
  }

  private static boolean asks(String clause) {
    return QUESTION.matcher(clause).find() && asksByItself(clause);
  }

  /** How long does it take: a question, though of something named before; what can I do: none. */
  private static boolean asksByItself(String clause) {
    return !Wording.content(clause).isEmpty() || ATTRIBUTE.matcher(clause).find();
  }

  private static List<String> withSubjects(List<String> parts) {
    var complete = new ArrayList<String>();
    complete.add(parts.getFirst());
    for (var part : parts.subList(1, parts.size())) {
      complete.add(leans(part) ? subject(parts.getFirst()) + ": " + part : part);
    }
    return complete;
  }

  private static boolean leans(String part) {
    return Wording.refersBack(part) || Wording.content(part).size() < 2;
  }

  /** What the first part is about: the names in it, else all of it but what makes it a question. */
  private static String subject(String part) {
    var question = QUESTION.matcher(part);
    var condition =
        question.find() && question.start(1) > 0 ? part.substring(0, question.start(1)) : "";
    if (CONDITION.matcher(condition).matches()) {
      return condition.strip().replaceAll("[,;:.]+$", "");
    }
    var names = Wording.names(part);
    return names.isEmpty() ? Wording.topic(part) : String.join(" ", names);
  }
}
