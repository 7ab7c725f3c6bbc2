package io.candor.chat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a follow-up stand alone: where a message leans on the turn before it, that turn's question
 * is put in front of it, so that no number or name of either is lost. A message that stands alone
 * is left as it is.
 */
final class Contextualiser {
  private static final Pattern LEANS =
      Pattern.compile(
          "^(and|or|but|also|then|so|what about|how about|what if|same|even|only|really|ok|okay)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern REFERS =
      Pattern.compile(
          "\\b(it|its|that|this|those|these|they|them|their|one|ones|there|he|she|instead|the same|"
              + "either|both)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "a an the i you we my your our me us is are was were be do does did can could will would"
              .concat(
                  " should may might have has had of for to in on at by with from and or but not no")
              .concat(
                  " what when where which who how why if it that this there any much many long so")
              .split(" "));
  private static final int WORDS_THAT_STAND_ALONE = 5;

  private Contextualiser() {}

  static String standalone(String message, List<Conversations.Turn> turns) {
    if (turns.isEmpty() || !leansOnContext(message)) {
      return message;
    }
    return turns.getLast().standalone() + " " + message;
  }

  private static boolean leansOnContext(String message) {
    var words = contentWords(message);
    return words < WORDS_THAT_STAND_ALONE
        && (words < 2 || LEANS.matcher(message).find() || REFERS.matcher(message).find());
  }

  private static long contentWords(String message) {
    return Pattern.compile("[^\\p{L}\\p{N}']+")
        .splitAsStream(message.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty() && !EMPTY_WORDS.contains(word))
        .count();
  }
}
