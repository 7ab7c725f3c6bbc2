package io.candor.security;

import java.util.Set;

/**
 * Names of people: after words that announce one ("my name is", "Mr."), or known from the {@link
 * NameLexicon}.
 */
final class PersonNames {
  private static final NameLexicon LEXICON = NameLexicon.shipped();
  private static final int LONGEST = 4;

  private static final Set<String> TITLES =
      WordList.of(
          """
          mr mrs ms miss dr prof professor sir madam mister
          """);

  /** Words that end a name or cannot begin one. */
  private static final Set<String> STOP =
      WordList.of(
          """
          a an the and or but is was are am i my me your you our we it its it's on in at
          to for of with from by as not no yes ok okay please here there this that wrong
          misspelled spelled incorrect correct also same booking confirmation
          conformation number email mail phone address account card order ssn social
          date birth id how what when who where can could would will do does have has
          had need want like looking trying calling having going unable sorry sure about
          name first last full middle user customer new old change changed flight ticket
          thanks thank hi hello hey so if because just now then under more two one dob
          zip code his her their he she they which listed blank required displayed shown
          missing showing being too urgent great good bad ridiculous regarding reference
          be been get got live lives and/or policy password pin contact details mobile
          cell passport living yeah alright i'm im i'd i've mine amp conf confirm
          conform whose case
          """);

  /** What follows makes the "name" a street, a firm or a place. */
  private static final Set<String> NOT_A_PERSON_BEFORE =
      WordList.of(
          """
          street st road rd avenue ave lane drive airport university hospital hotel bank
          county beach college inc ltd llc corp corporation company group gmbh airlines
          airways city museum guesthouse restaurant park square stadium bridge store
          theme edition orchestra house court boulevard inn
          """);

  private PersonNames() {}

  static void find(Message message) {
    boolean cased = isCased(message);
    int i = 0;
    while (i < message.size()) {
      int after = afterCue(message, i);
      int last = after >= 0 ? announced(message, after, cased) : -1;
      if (last >= 0) {
        message.add(PiiType.PERSON, after, last);
        i = last + 1;
      } else {
        last = known(message, i, cased);
        if (last >= i) {
          message.add(PiiType.PERSON, i, last);
        }
        i = Math.max(i, last) + 1;
      }
    }
  }

  /** Mixed case means that capitals carry information. */
  private static boolean isCased(Message message) {
    String text = message.text();
    return text.chars().anyMatch(Character::isUpperCase)
        && text.chars().anyMatch(Character::isLowerCase);
  }

  /** The index of the token after a cue that ends at {@code i}, or -1. */
  private static int afterCue(Message message, int i) {
    String word = message.lower(i);
    String before = message.lower(i - 1);
    int next = i + 1;
    if (TITLES.contains(word)) {
      boolean dot = message.lower(next).equals(".") && message.touches(next);
      if (word.equals("miss") && !LEXICON.isStrong(message.lower(next))) {
        return -1;
      }
      return word.equals("sir") || word.equals("madam") ? -1 : dot ? next + 1 : next;
    }
    if ((word.equals("is") || word.equals(":") || word.equals("-"))
        && isNameWord(before)
        && !isThingName(message, i - 2)) {
      return next;
    }
    if (word.equals("name's") || word.equals("names") && before.equals("my")) {
      return next;
    }
    if (word.equals("?") && namedBefore(message, i)) {
      return message.lower(i + 2).equals(":") ? i + 3 : next;
    }
    if (word.equals("im") || word.equals("i'm") || word.equals("am") && before.equals("i")) {
      return LEXICON.weakGiven().contains(message.lower(next)) && next == message.size() - 1
          ? next
          : -1;
    }
    if (word.equals("name")
        && (before.equals("my")
            || before.equals("full")
            || before.equals("last")
            || before.equals("first")
            || i == 0)
        && LEXICON.isAny(message.lower(next))) {
      return next;
    }
    if (word.equals("me")
        && before.equals("call")
        && message.size() > next
        && LEXICON.isAny(message.lower(next))) {
      return next;
    }
    boolean farewell =
        word.equals(",")
            && Set.of("regards", "sincerely", "cheers", "thanks", "wishes").contains(before)
            && message.startsLine(next);
    return farewell ? next : -1;
  }

  /** "What is the name on the account? John Smith". */
  private static boolean namedBefore(Message message, int question) {
    for (int i = question - 1; i >= 0 && i > question - 6; i--) {
      if (message.lower(i).equals("name")) {
        return question + 1 < message.size()
            && message.token(question + 1).isCapitalised()
            && !isThingName(message, i - 1);
      }
    }
    return false;
  }

  private static boolean isNameWord(String word) {
    return word.equals("name")
        || word.equals("firstname")
        || word.equals("lastname")
        || word.equals("surname")
        || word.equals("passenger")
        || word.equals("fullname");
  }

  /** "the product name is ...", "user name: ..." announce no person. */
  private static boolean isThingName(Message message, int i) {
    return message.isOneOf(
        i,
        Set.of(
            "product",
            "brand",
            "item",
            "file",
            "user",
            "domain",
            "company",
            "business",
            "store",
            "plan",
            "hotel",
            "bank",
            "pet",
            "dog",
            "cat",
            "model",
            "street",
            "city",
            "app",
            "project",
            "website",
            "school",
            "airline",
            "song",
            "restaurant",
            "device",
            "network",
            "host",
            "display"));
  }

  /**
   * The last token of a name that was announced, or -1: its first word may be unknown, the rest is
   * known or capitalised.
   */
  private static int announced(Message message, int first, boolean cased) {
    if (!canBegin(message, first)) {
      return -1;
    }
    int last = first;
    for (int i = first + 1;
        i < message.size() && i < first + LONGEST && !message.startsLine(i);
        i++) {
      var token = message.token(i);
      boolean initial = isInitial(message, i);
      boolean dot = isInitialDot(message, i);
      boolean word = token.isWord() && !STOP.contains(token.lower());
      boolean name =
          word
              && (LEXICON.isAny(token.lower())
                  || cased && token.isCapitalised()
                  || !cased && i == message.size() - 1);
      if (!(initial || dot || name)) {
        break;
      }
      last = i;
    }
    return last;
  }

  private static boolean canBegin(Message message, int i) {
    return i < message.size()
        && message.token(i).isWord()
        && !STOP.contains(message.lower(i))
        && message.token(i).text().length() > 1
        && !message.isFound(i);
  }

  private static boolean isInitial(Message message, int i) {
    var token = message.token(i);
    return token.isWord() && token.text().length() == 1 && token.isCapitalised() && !token.is("i");
  }

  /** The last token of a name known without a cue, or -1. */
  private static int known(Message message, int first, boolean cased) {
    if (!canBegin(message, first)) {
      return -1;
    }
    int last = first;
    boolean strong = false;
    boolean given = false;
    for (int i = first; i < message.size() && i < first + LONGEST; i++) {
      String bare = bare(message, i);
      if (i > first
              && !(isInitial(message, i)
                  || isInitialDot(message, i)
                  || follows(message, i, strong, cased))
          || i > first && message.startsLine(i)
          || i == first && !leads(message, i, cased)) {
        break;
      }
      strong |= message.token(i).isWord() && LEXICON.isStrong(bare);
      given |= LEXICON.given().contains(bare) && (bare.length() > 3 || i > first);
      last = isInitialDot(message, i) ? last : i;
    }
    boolean withInitial = cased && last - first >= 2 && isInitial(message, first + 1);
    boolean alone = message.size() <= 3;
    boolean listed = cased ? strong : given || strong && alone;
    boolean place =
        message.isOneOf(last + 1, NOT_A_PERSON_BEFORE)
            || message.isOneOf(last, NOT_A_PERSON_BEFORE);
    return (listed || withInitial) && !place && !message.isFound(first) ? last : -1;
  }

  /**
   * Whether a name can begin here: a listed one, or in cased text any capitalised word before an
   * initial.
   */
  private static boolean leads(Message message, int i, boolean cased) {
    String bare = bare(message, i);
    if (cased) {
      return message.token(i).isCapitalised()
          && (LEXICON.isAny(bare) || beforeInitial(message, i) || beforeStrong(message, i));
    }
    return LEXICON.isStrong(bare)
        || LEXICON.weakGiven().contains(bare)
        || message.size() <= 3 && beforeStrong(message, i);
  }

  private static boolean follows(Message message, int i, boolean strong, boolean cased) {
    var token = message.token(i);
    String bare = bare(message, i);
    if (!token.isWord() || STOP.contains(bare) || cased && !token.isCapitalised()) {
      return false;
    }
    return LEXICON.isAny(bare)
        || strong && (cased || message.size() == 2)
        || cased && isInitial(message, i - 1);
  }

  /** An unlisted first name before a listed surname: "Calquín Fernandez". */
  private static boolean beforeStrong(Message message, int i) {
    return i + 1 < message.size()
        && message.token(i + 1).isWord()
        && LEXICON.isStrong(bare(message, i + 1))
        && message.token(i).isCapitalised() == message.token(i + 1).isCapitalised()
        && !message.startsLine(i + 1)
        && !(i == 0 && message.size() > 4);
  }

  private static boolean beforeInitial(Message message, int i) {
    int surname = message.lower(i + 2).equals(".") ? i + 3 : i + 2;
    return surname < message.size()
        && isInitial(message, i + 1)
        && message.token(surname).isCapitalised()
        && message.token(surname).text().length() > 2;
  }

  private static boolean isInitialDot(Message message, int i) {
    return message.lower(i).equals(".")
        && message.touches(i)
        && message.token(i - 1).text().length() == 1;
  }

  private static String bare(Message message, int i) {
    String lower = message.lower(i);
    return lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
  }
}
