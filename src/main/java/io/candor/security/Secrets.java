package io.candor.security;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords, user names and keys: a word that announces one, then the value; or a long string too
 * random to be a word.
 */
final class Secrets {
  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "(?i)(?<![\\w-])(password|passwd|pwd|pass word|passphrase|passcode|secret answer|"
              + "security answer|api[ _-]?key|access[ _-]?key|secret[ _-]?key|secret|"
              + "(?:access |auth |bearer )?token|user ?name|user ?id|userid|login ?id|login|log i"
              + "n id)(?:\\s{1,3}(?:now|here|for my account|for it))?"
              + "(\\s{0,3}(?:[:=]|=>|->)\\s{0,3}|\\s{1,3}(?:is|was|as|should be|will be|would be)"
              + "\\s{1,3}(?:set to |now |just |: ?)?|\\s{1,3}to\\s{1,3}|'s\\s{1,3}|\\s{1,3})");

  private static final Pattern VALUE = Pattern.compile("[\"'`“]?([^\\s\"'`“”,;]{2,200}+)");
  private static final Pattern LONG_STRING =
      Pattern.compile("(?<![\\w/.+=-])[A-Za-z0-9_+/=-]{24,512}+(?![\\w/.])");

  private static final Pattern SHORT_NUMBER = Pattern.compile(" \\d{1,6}(?!\\w)");
  private static final Pattern AFTER_VALUE = Pattern.compile("\\s?(?:$|[.,!?;\"']|\\d|and\\b)");

  /** What follows "my password is" when no password follows. */
  private static final Set<String> NOT_A_VALUE =
      WordList.of(
          """
          not incorrect wrong expired invalid required correct the a an being still
          never locked weak strong too working it my that this and but or for to in on
          of with changed reset forgotten lost saved stolen compromised hacked also
          always already blocked because from no so very what asked asking needed
          different same secure safe unknown blank empty case rejected accepted shown
          hidden sent emailed now only just there here your you i we is was can cannot
          can't when if please help change page screen link recovery protected me enter
          login number field details new old something anything by at as any who how
          where reset? again issue access be have has
          """);

  private Secrets() {}

  static void find(Message message) {
    Matcher announced = ANNOUNCED.matcher(message.text());
    while (announced.find()) {
      addValue(message, announced);
    }
    Matcher strings = LONG_STRING.matcher(message.text());
    while (strings.find()) {
      if (looksRandom(strings.group())) {
        message.add(new PiiSpan(PiiType.SECRET, strings.start(), strings.end()));
      }
    }
  }

  private static void addValue(Message message, Matcher announced) {
    Matcher value = VALUE.matcher(message.text()).region(announced.end(), message.text().length());
    if (!value.lookingAt()) {
      return;
    }
    String written = withoutFullStop(value.group(1));
    int end = value.start(1) + written.length();
    if (isMarked(announced.group(2)) || isSaid(announced.group(2), written, message.text(), end)) {
      message.add(
          new PiiSpan(type(announced.group(1)), value.start(1), withDigits(message.text(), end)));
    }
  }

  /** "password: x" and "password = x" announce a value whatever it looks like. */
  private static boolean isMarked(String connector) {
    return connector.indexOf(':') >= 0
        || connector.indexOf('=') >= 0
        || connector.indexOf('>') >= 0;
  }

  /** "password is x": an ordinary word is a value only where the sentence ends with it. */
  private static boolean isSaid(String connector, String written, String text, int end) {
    String lower = written.toLowerCase(Locale.ROOT);
    if (NOT_A_VALUE.contains(lower)) {
      return false;
    }
    boolean word = written.chars().allMatch(c -> Character.isLetter(c) || c == '\'' || c == '-');
    boolean vague =
        connector.isBlank()
            || connector.strip().equalsIgnoreCase("to")
            || connector.strip().equalsIgnoreCase("as");
    return !word
        || !vague
            && !lower.endsWith("ing")
            && AFTER_VALUE.matcher(text).region(end, text.length()).lookingAt();
  }

  private static PiiType type(String announcement) {
    String lower = announcement.toLowerCase(Locale.ROOT);
    if (lower.startsWith("user") || lower.startsWith("log")) {
      return PiiType.USERNAME;
    }
    return lower.startsWith("pass") || lower.startsWith("pwd") || lower.endsWith("answer")
        ? PiiType.PASSWORD
        : PiiType.SECRET;
  }

  /** Chat logs split "hunter2" into "hunter 2": short digits right after belong to the value. */
  private static int withDigits(String text, int end) {
    Matcher digits = SHORT_NUMBER.matcher(text).region(end, text.length());
    return digits.lookingAt() ? digits.end() : end;
  }

  private static String withoutFullStop(String value) {
    boolean ends = value.length() > 2 && ".!?)".indexOf(value.charAt(value.length() - 1)) >= 0;
    return ends ? value.substring(0, value.length() - 1) : value;
  }

  /**
   * Upper case, lower case and digits mixed, with more than 3.5 bits of entropy a character
   * (Shannon).
   */
  private static boolean looksRandom(String text) {
    boolean mixed =
        text.chars().anyMatch(Character::isDigit)
            && text.chars().anyMatch(Character::isLowerCase)
            && text.chars().anyMatch(Character::isUpperCase);
    int[] counts = new int[128];
    text.chars().forEach(c -> counts[c]++);
    double entropy = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / text.length();
        entropy -= share * Math.log(share) / Math.log(2);
      }
    }
    return mixed && entropy > 3.5;
  }
}
