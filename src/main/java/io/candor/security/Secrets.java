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
          "(?i)(?<![\\w-])(password|passwd|pwd|pass word|passphrase|passcode|secret answer|security answer|api[ _-]?key|access[ _-]?key|secret[ _-]?key|secret|"
              + "(?:access |auth |bearer )?token|user ?name|user ?id|userid|login ?id|login|log in id)(?:\\s{1,3}(?:now|here|for my account|for it))?"
              + "(\\s{0,3}(?:[:=]|=>|->)\\s{0,3}|\\s{1,3}(?:is|was|as|=)\\s{1,3}(?:set to |now |just |: ?)?|\\s{1,3}to\\s{1,3}|'s\\s{1,3}|\\s{1,3})");

  private static final Pattern VALUE = Pattern.compile("[\"'`“]?([^\\s\"'`“”,;]{2,200}+)");
  private static final Pattern LONG_STRING =
      Pattern.compile("(?<![\\w/.+=-])[A-Za-z0-9_+/=-]{24,512}+(?![\\w/.])");

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
        message.found().add(new PiiSpan(PiiType.SECRET, strings.start(), strings.end()));
      }
    }
  }

  private static void addValue(Message message, Matcher announced) {
    Matcher value = VALUE.matcher(message.text()).region(announced.end(), message.text().length());
    if (!value.lookingAt()) {
      return;
    }
    String written = stripEnd(value.group(1));
    String connector = announced.group(2).strip().toLowerCase(Locale.ROOT);
    boolean plain = written.chars().allMatch(c -> Character.isLetter(c) || c == '\'' || c == '-');
    boolean ordinary = NOT_A_VALUE.contains(written.toLowerCase(Locale.ROOT));
    boolean weakConnector = connector.isEmpty() || connector.equals("to") || connector.equals("as");
    int end = value.start(1) + written.length();
    boolean endsSentence =
        message.text().substring(end).strip().length() < 2
            || message.text().substring(end).matches("(?s)\\s?(?:[.,!?;]|\\d|and\\b).{0,40000}");
    boolean marked = connector.equals(":") || connector.equals("=") || connector.endsWith(">");
    boolean said =
        !ordinary
            && (!plain || endsSentence && !written.toLowerCase(Locale.ROOT).endsWith("ing"))
            && (!weakConnector || !plain);
    if (written.isEmpty() || !(marked || said)) {
      return;
    }
    message
        .found()
        .add(
            new PiiSpan(type(announced.group(1)), value.start(1), withDigits(message.text(), end)));
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
    Matcher digits = Pattern.compile(" \\d{1,6}(?!\\w)").matcher(text).region(end, text.length());
    return digits.lookingAt() ? digits.end() : end;
  }

  private static String stripEnd(String value) {
    int end = value.length();
    while (end > 0 && ".!?)".indexOf(value.charAt(end - 1)) >= 0 && end == value.length()) {
      end--;
    }
    return value.substring(0, end);
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
