package io.candor.security;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Personal data that its own shape or checksum gives away: e-mail, IP address, IBAN, and keys with
 * a known prefix.
 */
final class Shapes {
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?<![\\w.+-])[\\w.+'%-]{1,64}+\\s?@\\s?[\\w-]{1,63}+(?:\\.[\\w-]{1,63}+){1,6}",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern IPV4 =
      Pattern.compile(
          "(?<![\\w.])(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}(?![\\w]|\\.\\d)");
  private static final Pattern IPV6 =
      Pattern.compile(
          "(?<![\\w:])(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\\w:])|(?<![\\w:])(?:[0-9"
              + "a-fA-F]{1,4}:){2,6}(?::[0-9a-fA-F]{1,4}){1,5}(?![\\w:])");
  private static final Pattern IBAN =
      Pattern.compile("(?<!\\w)[A-Za-z]{2}\\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?!\\w)");
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![\\w-])(?:sk|pk|rk)[-_][\\w-]{16,200}+|(?<!\\w)(?:gh[pousr]_|github_pat_|glp"
              + "at-|xox[abeprs]-|AIza|hf_)[\\w-]{16,200}+"
              + "|(?<!\\w)A[KS]IA[A-Z0-9]{16}(?!\\w)|(?<![\\w-])eyJ[\\w-]{8,4000}+\\.[\\w-]{8,4000}+\\.[\\w-]{8,4000}+"
              + "|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8000}+(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?"
              + "|(?<=://)[^\\s/:@]{1,64}+:[^\\s/@]{1,64}+(?=@)");

  private static final String PROVIDERS =
      "(?:gmail|yahoo|ymail|hotmail|outlook|rediff|redif|rediffmail|icloud|aol|msn|prot"
          + "onmail|proton|gmx|yandex|[a-z]{0,10}mail)";

  /** Chat logs lose their punctuation: "karen 26 gmailcom", "shrigmailcom". */
  private static final Pattern BARE_EMAIL =
      Pattern.compile("[a-z]{0,40}" + PROVIDERS + "(?:com|org|net|coin|couk|co|in|de|fr)");

  private static final Pattern BARE_HOST =
      Pattern.compile(PROVIDERS + "(?:com|org|net|coin|couk|co|in|de|fr)");
  private static final Set<String> NOT_A_MAILBOX =
      WordList.of(
          """
          is its it's my email mail address id and at to the number phone with as on
          e-mail
          """);

  private static final Pattern HOST_ENDING = Pattern.compile("[a-z]{3,40}(?:com|gmail|org|net)");
  private static final Set<String> MAIL = Set.of("email", "mail", "emaill", "e-mail", "gmail");
  private static final Set<String> ENDS_LIKE_A_HOST =
      WordList.of(
          """
          telecom intercom sitcom dotcom welcom romcom internet cabinet magnet planet ethernet bonnet extranet intranet
          subnet clarinet cabernet botnet garnet hornet tenet gmail hotmail hotmailcom
          """);

  private Shapes() {}

  static void find(Message message) {
    add(message, EMAIL, PiiType.EMAIL);
    add(message, IPV4, PiiType.IP_ADDRESS);
    add(message, IPV6, PiiType.IP_ADDRESS);
    add(message, KEY, PiiType.SECRET);
    Matcher ibans = IBAN.matcher(message.text());
    while (ibans.find()) {
      addIban(message, ibans.group(), ibans.start());
    }
    for (int i = 0; i < message.size(); i++) {
      addBareEmail(message, i);
      addSpokenEmail(message, i);
    }
  }

  /** ISO 13616: the letters as numbers, the first four characters last, modulo 97 is 1. */
  static boolean isIban(String compact) {
    var digits = new StringBuilder();
    String moved = compact.substring(4) + compact.substring(0, 4);
    for (int i = 0; i < moved.length(); i++) {
      digits.append(Character.digit(moved.charAt(i), 36));
    }
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }

  private static void add(Message message, Pattern pattern, PiiType type) {
    Matcher matches = pattern.matcher(message.text());
    while (matches.find()) {
      message.add(new PiiSpan(type, matches.start(), matches.end()));
    }
  }

  /**
   * The match may run into the next words: the longest start of it with a right checksum is the
   * IBAN.
   */
  private static void addIban(Message message, String match, int start) {
    for (int end = match.length(); end >= 15; end--) {
      boolean insideWord = end < match.length() && Character.isLetterOrDigit(match.charAt(end));
      if (insideWord || !Character.isLetterOrDigit(match.charAt(end - 1))) {
        continue;
      }
      String compact = match.substring(0, end).replaceAll("[ -]", "");
      if (compact.length() >= 15 && isIban(compact)) {
        message.add(new PiiSpan(PiiType.IBAN, start, start + end));
        return;
      }
    }
  }

  private static void addBareEmail(Message message, int i) {
    var token = message.token(i);
    if (!token.isWord()
        || token.lower().length() > 60
        || !BARE_EMAIL.matcher(token.lower()).matches() && !isUnknownMailbox(message, i)) {
      return;
    }
    int first = i;
    while (first > 0
        && i - first < 4
        && (message.token(first - 1).isDigits()
            || message.isOneOf(first - 1, Set.of("_", ".", "-")))) {
      first--;
    }
    boolean hostOnly = BARE_HOST.matcher(token.lower()).matches();
    if ((first < i || hostOnly)
        && first > 0
        && message.token(first - 1).isWord()
        && !message.isOneOf(first - 1, NOT_A_MAILBOX)) {
      first--;
    }
    if (first < i || token.lower().length() > 8 || !hostOnly) {
      message.add(PiiType.EMAIL, first, i);
    }
  }

  /** A mailbox at any provider: "jimattcom" alone or after the word e-mail. */
  private static boolean isUnknownMailbox(Message message, int i) {
    String word = message.lower(i);
    if (!HOST_ENDING.matcher(word).matches() || ENDS_LIKE_A_HOST.contains(word)) {
      return false;
    }
    for (int j = i - 1; j >= 0 && j >= i - 6; j--) {
      if (MAIL.contains(message.lower(j))) {
        return true;
      }
    }
    return message.size() <= 3 && word.length() >= 9;
  }

  /** "john dot smith at example dot com". */
  private static void addSpokenEmail(Message message, int at) {
    if (!message.lower(at).equals("at")
        || at == 0
        || !message.lower(at + 2).equals("dot")
        || at + 3 >= message.size()) {
      return;
    }
    int first = at - 1;
    while (first >= 2 && message.isOneOf(first - 1, Set.of("dot", "underscore"))) {
      first -= 2;
    }
    int last = at + 3;
    while (last + 2 < message.size() && message.lower(last + 1).equals("dot")) {
      last += 2;
    }
    message.add(PiiType.EMAIL, first, last);
  }
}
