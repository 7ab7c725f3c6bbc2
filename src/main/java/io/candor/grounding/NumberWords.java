package io.candor.grounding;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes numbers given in words as digits: "thirty days" becomes "30 days". */
final class NumberWords {
  private static final Map<String, Integer> VALUES =
      Map.ofEntries(
          Map.entry("zero", 0),
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("eleven", 11),
          Map.entry("twelve", 12),
          Map.entry("thirteen", 13),
          Map.entry("fourteen", 14),
          Map.entry("fifteen", 15),
          Map.entry("sixteen", 16),
          Map.entry("seventeen", 17),
          Map.entry("eighteen", 18),
          Map.entry("nineteen", 19),
          Map.entry("twenty", 20),
          Map.entry("thirty", 30),
          Map.entry("forty", 40),
          Map.entry("fifty", 50),
          Map.entry("sixty", 60),
          Map.entry("seventy", 70),
          Map.entry("eighty", 80),
          Map.entry("ninety", 90),
          Map.entry("hundred", 100),
          Map.entry("thousand", 1000),
          Map.entry("million", 1_000_000));
  private static final String WORD = "(?:" + String.join("|", VALUES.keySet()) + ")";
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\b(?:an? )?" + WORD + "(?:(?:[- ]| and )" + WORD + ")*\\b", Pattern.CASE_INSENSITIVE);
  private static final String TIME = "(?:minute|hour|day|night|week|month|year)\\b";
  private static final Pattern SINGLE =
      Pattern.compile(
          "\\b((?:within|in|for|after|takes?|taking|about|around|under|than|least|most|over|lasts?"
              + "|up to|wait|give|have|get|got) )(?:an?|one) (?=(?:business |working |calendar |full |whole )?"
              + TIME
              + ")",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ONE =
      Pattern.compile(
          "^[- ](?:(?:business|working|calendar|full|whole|free)[- ])?"
              + "(?:minute|hour|day|night|week|month|year|percent|per cent|dollar|euro|pound)",
          Pattern.CASE_INSENSITIVE);

  private NumberWords() {}

  static String digits(String text) {
    String written =
        text.replaceAll("(?i)\\bhalf an hour\\b", "30 minutes")
            .replaceAll("(?i)\\bhalf a dozen\\b", "6")
            .replaceAll("(?i)\\b(?:a |one )?dozen\\b", "12")
            .replaceAll("(?i)\\b(?:a |one )?fortnight\\b", "2 weeks")
            .replaceAll("(?i)\\ba couple of (?=" + TIME.replace("\\b", "s?\\b") + ")", "2 ");
    String single = SINGLE.matcher(written).replaceAll("$11 ");
    return NUMBER
        .matcher(single)
        .replaceAll(match -> Matcher.quoteReplacement(written(match, single)));
  }

  private static String written(MatchResult match, String text) {
    String found = match.group().toLowerCase(Locale.ROOT);
    String rest = text.substring(match.end());
    boolean pronoun = found.equals("one") && !ONE.matcher(rest).find();
    if (pronoun
        || found.matches("(?:an? )?(?:hundred|thousand|million)s?") && rest.startsWith("s")) {
      return match.group();
    }
    if (found.matches("an? .*") && !found.matches("an? (?:hundred|thousand|million).*")) {
      return match.group();
    }
    boolean scaleOnly = found.matches("(?:hundred|thousand|million)");
    boolean afterDigits = match.start() > 1 && Character.isDigit(text.charAt(match.start() - 2));
    return scaleOnly && afterDigits ? match.group() : Long.toString(value(found));
  }

  private static long value(String words) {
    long total = 0;
    long current = 0;
    for (String word : words.split("[- ]+")) {
      int value = VALUES.getOrDefault(word, -1);
      if (value >= 1000) {
        total += Math.max(1, current) * value;
        current = 0;
      } else if (value == 100) {
        current = Math.max(1, current) * 100;
      } else if (value >= 0) {
        current += value;
      }
    }
    return total + current;
  }
}
