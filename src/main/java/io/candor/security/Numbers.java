package io.candor.security;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers that identify a person: cards, accounts, phones, social security, licences, dates of
 * birth. The nearest cue word before (else shortly after) a number decides what it is; without one
 * only an unmistakable shape counts.
 */
final class Numbers {
  /** What a cue word says about the number beside it. */
  private enum Cue {
    SSN,
    CARD,
    ACCOUNT,
    PHONE,
    PASSPORT,
    LICENSE,
    BIRTH,
    CODE,
    OTHER
  }

  private static final Map<String, Cue> CUES = new HashMap<>();

  static {
    announce(
        Cue.SSN,
        """
        ssn social ssno itin
        """);
    announce(
        Cue.CARD,
        """
        card cc visa mastercard amex debit credit creditcard
        """);
    announce(
        Cue.ACCOUNT,
        """
        account acct acc accountno routing sort ac policyholder
        """);
    announce(
        Cue.PHONE,
        """
        phone mobile cell telephone contact call whatsapp fax reach tel
        cellphone ph dial sms phoneno callback
        """);
    announce(
        Cue.PASSPORT,
        """
        passport
        """);
    announce(
        Cue.LICENSE,
        """
        licence license
        """);
    announce(
        Cue.BIRTH,
        """
        dob born birth birthday birthdate
        """);
    announce(
        Cue.CODE,
        """
        cvv cvc pin otp passcode
        """);
    announce(
        Cue.OTHER,
        """
        order booking confirmation conformation tracking reference ref ticket
        case invoice item model serial sku flight reservation coupon promo pnr
        product parcel shipment isbn upc ean article rma version error package
        imei code amount usd
        transaction balance charged charge paid pay deposit deposited withdraw withdrew
        spent limit fee cost price worth
        """);
  }

  private static final Set<String> JOINERS = Set.of("-", ".", "(", ")", "+", "/", "–");
  private static final Set<String> MONTHS =
      WordList.of(
          """
          january february march april may june july august september october november
          december jan feb mar apr jun jul aug sep sept oct nov dec
          """);
  private static final Set<String> MONEY_AFTER =
      WordList.of(
          """
          dollars dollar usd eur euros euro rupees pounds percent % days hours items
          bucks
          """);
  private static final Set<String> ANSWER_WORDS = WordList.of("and it is its it's sure yes ok , .");
  private static final Set<String> MONEY_BEFORE = Set.of("$", "€", "£", "#", "rs", "usd", "eur");
  private static final Pattern SSN = Pattern.compile("\\d{3}[ -]\\d{2}[ -]\\d{4}");
  private static final Pattern CARD_GROUPS =
      Pattern.compile("\\d{4}[ -]\\d{4}[ -]\\d{4}[ -]\\d{4}|\\d{4}[ -]\\d{6}[ -]\\d{5}");
  private static final Pattern PHONE =
      Pattern.compile(
          "(?:\\+?1[ .-]?)?\\(?\\d{3}\\)?[ .-]{0,2}\\d{3}[ .-]\\d{4}|\\+\\d[\\d ().-]{6,20}"
              + "\\d|\\(\\d{2,5}\\)[ .-]?\\d[\\d .-]{4,12}\\d|\\d{5}[ -]\\d{5,6}"
              + "|0\\d{1,4}(?:[ -]\\d{2,4}){2,4}|\\d{2}(?:-\\d{2}){3,4}|\\d{3} \\d{3} \\d{3}|\\d{3}[ .-]\\d{7}");
  private static final int REACH = 8;

  private Numbers() {}

  private static void announce(Cue cue, String words) {
    WordList.of(words).forEach(word -> CUES.put(word, cue));
  }

  static void find(Message message) {
    int i = 0;
    while (i < message.size()) {
      if (message.token(i).isDigits() || opensNumber(message, i)) {
        int last = runEnd(message, i);
        classify(message, i, last);
        i = last + 1;
      } else {
        i++;
      }
    }
  }

  private static boolean opensNumber(Message message, int i) {
    return message.isOneOf(i, Set.of("+", "("))
        && i + 1 < message.size()
        && message.touches(i + 1)
        && message.token(i + 1).isDigits();
  }

  /**
   * The last token of a number in groups: digits joined by single spaces or the usual marks, on one
   * line.
   */
  private static int runEnd(Message message, int first) {
    int last = first;
    int digits = message.token(first).isDigits() ? message.token(first).text().length() : 0;
    for (int i = first + 1;
        i < message.size() && i <= first + 14 && digits < 19 && !message.startsLine(i);
        i++) {
      if (message.token(i).isDigits()
          && message.token(i).start() - message.token(i - 1).end() <= 1) {
        digits += message.token(i).text().length();
        last = i;
      } else if (!message.isOneOf(i, JOINERS)
          || message.token(i).start() - message.token(i - 1).end() > 1) {
        break;
      }
    }
    return last;
  }

  private static void classify(Message message, int first, int last) {
    String written =
        message.text().substring(message.token(first).start(), message.token(last).end());
    String digits = written.replaceAll("\\D", "");
    if (isShortened(message, first, last)) {
      message.add(PiiType.CREDIT_CARD, 0, message.size() - 1);
      return;
    }
    boolean glued = gluedToWord(message, first, last);
    Cue cue = cue(message, first, last);
    if (message.isOneOf(first - 1, MONEY_BEFORE)
        && cue != Cue.PHONE
        && cue != Cue.ACCOUNT
        && cue != Cue.CARD
        && cue != Cue.SSN) {
      return;
    }
    PiiType type =
        isEnding(message, first) || isYear(message, first, digits)
            ? null
            : cue == null || cue == Cue.OTHER
                ? byShape(message, first, last, written, digits, cue)
                : byCue(cue, written, digits);
    if (type == PiiType.DATE_OF_BIRTH) {
      addBirth(message, first, last);
    } else if (type == PiiType.PASSPORT
        || type == PiiType.DRIVER_LICENSE
        || type == PiiType.ACCOUNT_NUMBER && glued) {
      addAlphanumeric(message, type, first, last);
    } else if (type != null && !glued && !message.isOneOf(last + 1, MONEY_AFTER)) {
      message.add(type, first, last);
    }
  }

  /**
   * What the nearest cue says: before the number within the sentence, else just after it ("... is
   * my card").
   */
  private static Cue cue(Message message, int first, int last) {
    for (int i = first - 1; i >= 0 && i >= first - REACH; i--) {
      if (i < first - 4 && message.isOneOf(i, Set.of(".", "?", "!")) && !message.touches(i + 1)) {
        break;
      }
      Cue cue = cueAt(message, i);
      if (cue != null) {
        return cue;
      }
    }
    for (int i = last + 1; i < message.size() && i <= last + 4; i++) {
      Cue cue = cueAt(message, i);
      if (cue != null && message.isOneOf(last + 1, Set.of("is", "was", "-", "as"))) {
        return cue;
      }
    }
    return null;
  }

  /** "card ending in 4242" is how shops themselves write it, on receipts and in e-mails. */
  private static boolean isEnding(Message message, int first) {
    return message.isOneOf(first - 1, Set.of("ending", "ends"))
        || message.isOneOf(first - 2, Set.of("ending", "ends"));
  }

  /** "my account since 2019": a number after such a word is no account. */
  private static boolean isYear(Message message, int first, String digits) {
    return digits.length() == 4
        && (digits.startsWith("19") || digits.startsWith("20"))
        && message.isOneOf(first - 1, Set.of("in", "since", "of", "from", "until", "by", ","));
  }

  private static Cue cueAt(Message message, int i) {
    Cue cue = CUES.get(message.lower(i));
    if (cue == Cue.OTHER
        && message.lower(i).equals("code")
        && message.isOneOf(i - 1, Set.of("security", "verification", "access"))) {
      return Cue.CODE;
    }
    if (cue == Cue.OTHER
        && message.lower(i).equals("code")
        && message.lower(i - 1).equals("sort")) {
      return Cue.ACCOUNT;
    }
    return cue;
  }

  private static PiiType byCue(Cue cue, String written, String digits) {
    int n = digits.length();
    boolean luhn = n >= 12 && n <= 19 && isLuhn(digits);
    return switch (cue) {
      case SSN -> n >= 4 && n <= 11 ? PiiType.US_SSN : null;
      case CARD -> n >= 11 && n <= 19 || n == 4 ? PiiType.CREDIT_CARD : null;
      case ACCOUNT ->
          luhn && n >= 15 ? PiiType.CREDIT_CARD : n >= 4 && n <= 19 ? PiiType.ACCOUNT_NUMBER : null;
      case PHONE -> n >= 7 && n <= 15 && !isDate(written) ? PiiType.PHONE : null;
      case PASSPORT -> n >= 5 ? PiiType.PASSPORT : null;
      case LICENSE -> n >= 4 ? PiiType.DRIVER_LICENSE : null;
      case BIRTH -> n >= 1 && n <= 8 ? PiiType.DATE_OF_BIRTH : null;
      case CODE -> n >= 3 && n <= 8 ? PiiType.PASSWORD : null;
      case OTHER -> null;
    };
  }

  private static PiiType byShape(
      Message message, int first, int last, String written, String digits, Cue cue) {
    int n = digits.length();
    if (SSN.matcher(written).matches()) {
      return PiiType.US_SSN;
    }
    if (CARD_GROUPS.matcher(written).matches()
        || n >= 14 && n <= 16 && cue == null && isLuhn(digits) && isCardPrefix(digits)) {
      return PiiType.CREDIT_CARD;
    }
    if (cue == Cue.OTHER || isDate(written)) {
      return null;
    }
    if (PHONE.matcher(written).matches() || n == 10 && first == last && digits.charAt(0) > '1') {
      return PiiType.PHONE;
    }
    if (n >= 7 && n <= 12 && saidAsMyNumber(message, first)) {
      return PiiType.PHONE;
    }
    boolean alone = message.size() == last - first + 1;
    if (alone && n == 11) {
      return PiiType.PHONE;
    }
    if (alone && n == 16) {
      return PiiType.CREDIT_CARD;
    }
    if (n == 4 && isIdentityAnswer(message)) {
      return PiiType.ACCOUNT_NUMBER;
    }
    return alone && n == 9 ? PiiType.US_SSN : null;
  }

  /** Nothing but numbers, at least one not a year: the last four digits that an agent asked for. */
  private static boolean isIdentityAnswer(Message message) {
    boolean notAYear = false;
    for (Token token : message.tokens()) {
      if (!token.isDigits() && !ANSWER_WORDS.contains(token.lower())) {
        return false;
      }
      notAYear |=
          token.isDigits() && !token.text().startsWith("19") && !token.text().startsWith("20");
    }
    return notAYear;
  }

  /** A card number that a spreadsheet shortened: "4.11E+15", in chat logs "411 e 15". */
  private static boolean isShortened(Message message, int first, int last) {
    int exponent = message.lower(last + 2).equals("+") ? last + 3 : last + 2;
    return first == 0
        && message.lower(last + 1).equals("e")
        && exponent == message.size() - 1
        && message.lower(exponent).matches("1[1-8]");
  }

  /** "my number is ..." with nothing said about an order or an account means a telephone. */
  private static boolean saidAsMyNumber(Message message, int first) {
    int number = message.isOneOf(first - 1, Set.of("is", ":", "on", "at")) ? first - 2 : first - 1;
    return message.lower(number).equals("number")
        && message.isOneOf(
            number - 1, Set.of("my", "her", "his", "registered", "new", "alternate"));
  }

  /** ISO/IEC 7812: every second digit from the right doubled, digits summed, divisible by ten. */
  static boolean isLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(digits.length() - 1 - i), 10);
      int weighed = i % 2 == 0 ? digit : digit * 2;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }

  private static boolean isCardPrefix(String digits) {
    return digits.charAt(0) >= '2' && digits.charAt(0) <= '6' || digits.startsWith("1800");
  }

  private static boolean isDate(String written) {
    return written.matches("\\d{1,4}([-/.])\\d{1,2}\\1\\d{1,4}");
  }

  /** A date, whose month may be a word: "june 4 1980", "4th of june 1980". */
  private static void addBirth(Message message, int first, int last) {
    int from = message.isOneOf(first - 1, MONTHS) ? first - 1 : first;
    int to = last;
    for (int i = last + 1; i < message.size() && i <= last + 5; i++) {
      if (message.token(i).isDigits()) {
        to = i;
      } else if (message.isOneOf(i, MONTHS)) {
        to = i;
      } else if (!message.isOneOf(i, Set.of("st", "nd", "rd", "th", "of", ",", "-", "/", "."))) {
        break;
      }
    }
    message.add(PiiType.DATE_OF_BIRTH, from, to);
  }

  private static void addAlphanumeric(Message message, PiiType type, int first, int last) {
    int from = first;
    if (first > 0
        && message.token(first - 1).isWord()
        && (message.touches(first) || message.lower(first - 1).length() == 1)) {
      from--;
    }
    int to = last;
    while (to + 1 < message.size()
        && message.touches(to + 1)
        && message.token(to + 1).kind() != Token.Kind.MARK) {
      to++;
    }
    message.add(type, from, to);
  }

  private static boolean gluedToWord(Message message, int first, int last) {
    boolean before = first > 0 && message.touches(first) && message.token(first - 1).isWord();
    return before
        || last + 1 < message.size()
            && message.touches(last + 1)
            && message.token(last + 1).isWord();
  }
}
