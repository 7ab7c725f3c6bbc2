package io.candor.retrieval;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The second try for a message whose first search found no answer: its last question alone, without
 * greeting, story and "I was wondering if".
 */
public final class Reformulation {
  private static final Pattern CLAUSE_END =
      Pattern.compile(
          ",\\s+|\\s+(?:and|but|so)\\s+(?=(?:what|when|where|which|who|why|how|can|could|do|does"
              + "|is|are|will)\\b)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern GREETING =
      Pattern.compile(
          "^(?:hi|hiya|hello|hey|dear [\\p{L} ]{2,20}(?=,)|good (?:morning|afternoon|evening)|ok"
              + "|okay|so|well|great|perfect|alright|sorry|please|actually|also|and|but|yes|no"
              + "|thanks|thank you)\\b[\\s,.!-]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LEAD_IN =
      Pattern.compile(
          "^(?:(?:i was|i am|i'm|just) wondering|i wonder|my question is|do you know|let me know"
              + "|(?:can|could) you (?:please )?(?:tell me|let me know|check|confirm|find out)"
              + "|(?:please )?tell me|i(?:'d| would) like to know|i (?:want|need) to know)\\b"
              + "(?:\\s+(?:if|whether|that|about))?[\\s,]*",
          Pattern.CASE_INSENSITIVE);
  private static final Predicate<String> ASKS =
      Pattern.compile(
              "^(?:what|when|where|which|who|why|how|can|could|do|does|did|is|are|will|would|should"
                  + "|may|am|has|have)\\b",
              Pattern.CASE_INSENSITIVE)
          .asPredicate();
  private static final int FEWEST_WORDS = 4;
  private static final int FEWEST_CONTENT_WORDS = 2;

  private Reformulation() {}

  /** Another query for the question; empty where it has nothing to leave out. */
  public static Optional<String> of(String question) {
    return lastQuestion(question)
        .map(Reformulation::bare)
        .filter(query -> !query.equals(question.strip()))
        .filter(query -> Words.of(query).size() >= FEWEST_CONTENT_WORDS);
  }

  private static Optional<String> lastQuestion(String text) {
    var sentences = Words.sentences(text).reversed();
    return sentences.stream()
        .filter(sentence -> sentence.endsWith("?"))
        .findFirst()
        .or(() -> sentences.stream().filter(s -> !askingPart(s).isEmpty()).findFirst());
  }

  /** The question without what leads in to it; all of the sentence where its clause says little. */
  private static String bare(String sentence) {
    var asking = askingPart(sentence);
    var kept = asking.split("\\s+").length < FEWEST_WORDS ? sentence : asking;
    return without(LEAD_IN, without(GREETING, kept));
  }

  /** From the first clause that asks on; empty where none does. */
  private static String askingPart(String sentence) {
    return CLAUSE_END
        .splitAsStream(sentence)
        .map(String::strip)
        .dropWhile(clause -> !asks(clause))
        .collect(Collectors.joining(", "));
  }

  private static boolean asks(String clause) {
    var start = without(GREETING, clause);
    return ASKS.test(start) || LEAD_IN.matcher(start).find();
  }

  private static String without(Pattern start, String text) {
    var rest = start.matcher(text).replaceFirst("");
    return rest.equals(text) ? text : without(start, rest);
  }
}
