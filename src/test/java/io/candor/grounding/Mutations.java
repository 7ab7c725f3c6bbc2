package io.candor.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes drifts and faithful restylings of real policy sentences, for measuring the verifier. */
final class Mutations {
  /** A rewritten sentence: what was done to it, and whether it still says the same. */
  record Mutant(String kind, String text, boolean faithful) {}

  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.$€£#/-])(\\d{1,3})(?![\\w%/]|[.,:-]\\d)");
  private static final Pattern MONEY = Pattern.compile("([$€£])(\\d[\\d,]*(?:\\.\\d+)?)");
  private static final Pattern MONTH =
      Pattern.compile("\\b(January|February|March|April|June|July|August|September|October|November|December)\\b");
  private static final Pattern UNIT = Pattern.compile("\\b(\\d+ (?:business |calendar )?)(day|hour|week|month|year)s\\b");
  private static final Pattern MODAL = Pattern.compile("\\b(can|may|will|must|should|is|are)\\b(?! not|n't)");
  private static final Pattern NOT = Pattern.compile("\\b(can|may|will|must|should|do|does|is|are|has|have)(?: not|n't|n’t)\\b");
  private static final Pattern CANNOT = Pattern.compile("\\b(?:cannot|can't|can’t)\\b");
  private static final Pattern CONDITION_LAST = Pattern.compile(",? (?:if|unless|provided that|as long as|only if|only when) [^,.;:]+(?=\\.?$)");
  private static final Pattern CONDITION_FIRST = Pattern.compile("^(If|Unless) ([^,;:]{8,80}), ([^;:]+?)\\.?$");
  private static final Map<String, String> WORDS =
      Map.of("3", "three", "5", "five", "7", "seven", "10", "ten", "14", "fourteen", "24", "twenty-four", "30", "thirty", "60", "sixty");
  private static final Map<String, String> SYNONYMS =
      Map.of("purchase", "buy", "receive", "get", "required", "needed", "contact", "get in touch with", "terminate", "end",
          "modify", "change", "request", "ask for", "begin", "start", "additional", "extra", "cancel", "call off");

  private Mutations() {}

  static List<Mutant> of(String sentence) {
    var mutants = new ArrayList<Mutant>();
    drift(mutants, "number", NUMBER, sentence, m -> Integer.toString(Integer.parseInt(m.group(1)) * 2 + 1));
    drift(mutants, "money", MONEY, sentence, m -> m.group(1) + "1" + m.group(2));
    drift(mutants, "currency", MONEY, sentence, m -> (m.group(1).equals("€") ? "£" : "€") + m.group(2));
    drift(mutants, "date", MONTH, sentence, m -> m.group(1).equals("June") ? "October" : "June");
    drift(mutants, "unit", UNIT, sentence, m -> m.group(1) + (m.group(2).equals("week") ? "day" : "week") + "s");
    drift(mutants, "negation added", MODAL, sentence, m -> m.group(1) + " not");
    drift(mutants, "negation dropped", NOT, sentence, m -> m.group(1));
    drift(mutants, "negation dropped", CANNOT, sentence, m -> "can");
    drift(mutants, "condition dropped", CONDITION_LAST, sentence, m -> "");
    drift(mutants, "condition dropped", CONDITION_FIRST, sentence, m -> Matcher.quoteReplacement(capital(m.group(3)) + "."));
    drift(mutants, "within/after", Pattern.compile("\\bwithin (?=(?:\\d|the \\w+ \\d))"), sentence, m -> "after ");
    drift(mutants, "at least/at most", Pattern.compile("\\bat least (?=\\d|[$€£])"), sentence, m -> "at most ");
    drift(mutants, "more/less than", Pattern.compile("\\bmore than (?=\\d|[$€£])"), sentence, m -> "less than ");
    drift(mutants, "before/after", Pattern.compile("\\bbefore\\b"), sentence, m -> "after");
    drift(mutants, "must/may", Pattern.compile("\\bmust\\b(?! not)"), sentence, m -> "may");
    drift(mutants, "name", Pattern.compile("(?<=[a-z] )(GitHub|Basecamp|Automattic|Plausible|Rho-Bank|Google|Stripe)\\b"), sentence, m -> "Vortexa");
    drift(mutants, "email", Pattern.compile("\\b[\\w.]+@(\\w[\\w.]+\\w)"), sentence, m -> "nobody@" + m.group(1));
    if (sentence.endsWith(".") && sentence.length() < 160) {
      String body = sentence.substring(0, sentence.length() - 1);
      mutants.add(new Mutant("condition invented", body + " if you have a premium membership.", false));
      mutants.add(new Mutant("fact invented", body + " and we also send you a free gift.", false));
      mutants.add(new Mutant("prefix", "Good news: " + lower(sentence), true));
      mutants.add(new Mutant("prefix", "Yes, " + lower(sentence), true));
      mutants.add(new Mutant("same", sentence, true));
    }
    restyle(mutants, "number in words", NUMBER, sentence, m -> WORDS.getOrDefault(m.group(1), m.group(1)));
    restyle(mutants, "contraction", CANNOT, sentence, m -> m.group().equals("cannot") ? "can't" : "cannot");
    restyle(mutants, "contraction", Pattern.compile("\\b(is|are|do|does|will) not\\b"), sentence,
        m -> m.group(1).equals("will") ? "won't" : m.group(1) + "n't");
    restyle(mutants, "reordered", CONDITION_FIRST, sentence,
        m -> Matcher.quoteReplacement(capital(m.group(3)) + " " + lower(m.group(1)) + " " + m.group(2) + "."));
    restyle(mutants, "money written", Pattern.compile("\\$(\\d+)(?![\\d.,])"), sentence, m -> m.group(1) + " dollars");
    restyle(mutants, "percent written", Pattern.compile("(\\d)%"), sentence, m -> m.group(1) + " percent");
    restyle(mutants, "days for weeks", Pattern.compile("\\b2 weeks\\b|\\btwo weeks\\b"), sentence, m -> "14 days");
    restyle(mutants, "hours for days", Pattern.compile("\\b24 hours\\b"), sentence, m -> "one day");
    SYNONYMS.forEach(
        (word, same) -> restyle(mutants, "synonym", Pattern.compile("\\b" + word + "\\b"), sentence, m -> same));
    return mutants;
  }

  private static void drift(
      List<Mutant> mutants, String kind, Pattern pattern, String text, Function<Matcher, String> change) {
    changed(pattern, text, change).ifPresent(t -> mutants.add(new Mutant(kind, t, false)));
  }

  private static void restyle(
      List<Mutant> mutants, String kind, Pattern pattern, String text, Function<Matcher, String> change) {
    changed(pattern, text, change).ifPresent(t -> mutants.add(new Mutant(kind, t, true)));
  }

  private static Optional<String> changed(Pattern pattern, String text, Function<Matcher, String> change) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String result = text.substring(0, matcher.start()) + change.apply(matcher).replace("\\", "") + text.substring(matcher.end());
    return result.equals(text) || result.isBlank() ? Optional.empty() : Optional.of(result);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase() + text.substring(1);
  }

  private static String lower(String text) {
    boolean plainWord = text.matches("(?:The|A|An|If|Unless|You|We|This|All|It|They|When|In|To|Your|Our|For|Please)\\b.*");
    return plainWord ? text.substring(0, 1).toLowerCase() + text.substring(1) : text;
  }
}
