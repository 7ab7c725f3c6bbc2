package io.candor.security;

import java.util.Set;

/**
 * Where people live: a house number with a street word, a box number, or what follows "my address
 * is". The apartment, city, state and postal code right after belong to it.
 */
final class Addresses {
  private static final Set<String> STREETS =
      WordList.of(
          """
          street st road rd avenue ave av lane ln drive dr boulevard blvd court ct way
          place pl terrace circle cir square sq highway hwy parkway pkwy trail close
          crescent alley loop plaza row mews nagar colony marg strasse straße platz
          allee gade vej katu utca út ulica gatan vägen straat laan weg pike turnpike
          expressway freeway ridge grove
          """);

  private static final Set<String> STREETS_BEFORE =
      WordList.of(
          """
          rua rue calle via avenida praça piazza viale corso chemin ulitsa ul strada
          jalan largo travessa
          """);

  private static final Set<String> STREET_ENDINGS =
      WordList.of(
          """
          strasse straße gatan vägen vej gade katu tie veien gata straat laan weg allee
          stræde gasse platz dijk
          """);

  private static final Set<String> UNITS =
      WordList.of(
          """
          apt apartment suite ste unit floor flat room building bldg block door #
          """);

  private static final Set<String> COUNTRIES_AND_STATES =
      WordList.of(
          """
          usa us uk al ak az ar ca co ct de fl ga hi id il ia ks ky la md ma mi mn ms mo
          mt ne nv nh nj nm ny nc nd oh pa ri sc sd tn tx ut vt va wa wv wi wy dc
          alabama alaska arizona arkansas california colorado connecticut delaware
          florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana
          maine maryland massachusetts michigan minnesota mississippi missouri montana
          nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont
          virginia washington wisconsin wyoming england canada india york carolina
          dakota jersey
          """);

  private static final Set<String> STOP =
      WordList.of(
          """
          and but please can could my i is was for phone email number name so because
          with you it that this to if when have ssn card account thanks thank am since
          now then not what we from or what's which there will would do does i'm im she
          he they also yes no want need are minutes days hours people items years times
          dollars weeks months percent about go get changed again right
          """);

  private static final int LONGEST = 16;

  private Addresses() {}

  static void find(Message message) {
    int i = 0;
    while (i < message.size()) {
      int last = announced(message, i);
      int first = i;
      if (last < 0) {
        last = street(message, i);
      } else {
        first = afterCue(message, i);
      }
      if (last >= 0) {
        message.add(PiiType.STREET_ADDRESS, first, last);
        i = last + 1;
      } else {
        i++;
      }
    }
  }

  /**
   * A street with its house number, or a post-office box, starting at {@code i}; its last token or
   * -1.
   */
  private static int street(Message message, int i) {
    boolean box =
        message.lower(i).equals("box")
            && Set.of("po", "p.o", "o", ".", "office", "p").contains(message.lower(i - 1));
    if (box && i + 1 < message.size() && message.token(i + 1).isDigits()) {
      return rest(message, i + 1);
    }
    if (message.token(i).isDigits()
        && message.token(i).text().length() <= 6
        && !message.isFound(i)) {
      return rest(message, afterHouseNumber(message, i));
    }
    int unit =
        UNITS.contains(message.lower(i)) && !message.lower(i).equals("#")
            ? numberedUnit(message, i)
            : -1;
    if (unit >= 0 && (message.startsLine(i) || message.lower(i - 1).equals(","))) {
      return rest(message, unit);
    }
    boolean foreign =
        message.token(i).isWord()
            && (endsLikeStreet(message.lower(i))
                || STREETS_BEFORE.contains(message.lower(i)) && message.token(i).isCapitalised());
    if (foreign) {
      for (int j = i + 1; j < message.size() && j <= i + 5 && !message.startsLine(j); j++) {
        if (message.token(j).isDigits()) {
          return rest(message, j);
        }
        if (!message.token(j).isWord() && !message.token(j).is(".")
            || STOP.contains(message.lower(j))
            || endsLikeStreet(message.lower(i))) {
          return -1;
        }
      }
    }
    return -1;
  }

  /**
   * The street word within five words of the number: "12 old mill road", "12 Rua do Carmo", "28245
   * Puruntie 82".
   */
  private static int afterHouseNumber(Message message, int i) {
    int numbered = betweenNumbers(message, i);
    if (numbered >= 0) {
      return numbered;
    }
    for (int j = i + 1; j < message.size() && j <= i + 6; j++) {
      String word = message.lower(j);
      boolean directlyAfter = j == i + 1;
      if (message.startsLine(j)
          || STOP.contains(word)
          || directlyAfter
              && Set.of("st", "nd", "rd", "th", "dr", "way").contains(word)
              && message.touches(j)) {
        return directlyAfter && Set.of("st", "nd", "rd", "th").contains(word)
            ? ordinal(message, i)
            : -1;
      }
      if (!directlyAfter && STREETS.contains(word)) {
        return j;
      }
      if (directlyAfter && STREETS_BEFORE.contains(word) || endsLikeStreet(word)) {
        return Math.min(
            message.size() - 1, j + (directlyAfter && STREETS_BEFORE.contains(word) ? 2 : 0));
      }
      boolean plain =
          message.token(j).isWord()
              || message.token(j).isDigits()
              || Set.of(".", "-", ",").contains(word) && j > i + 1;
      if (!plain) {
        return -1;
      }
    }
    return -1;
  }

  /**
   * Postal code, street, house number, as written in much of Europe: "28245 Puruntie 82". Years
   * begin no address.
   */
  private static int betweenNumbers(Message message, int i) {
    String number = message.lower(i);
    if (number.length() < 3
        || number.length() == 4 && (number.startsWith("19") || number.startsWith("20"))) {
      return -1;
    }
    for (int j = i + 1; j < message.size() && j <= i + 5 && !message.startsLine(j); j++) {
      if (message.token(j).isDigits()) {
        boolean ends =
            j + 1 == message.size()
                || message.startsLine(j + 1)
                || !message.token(j + 1).isDigits() && !message.touches(j + 1)
                || message.isOneOf(j + 1, Set.of(",", ".", "?"));
        return j > i + 1 && message.lower(j).length() <= 4 && !message.touches(j) && ends ? j : -1;
      }
      boolean name =
          message.token(j).isCapitalised() && !STOP.contains(message.lower(j))
              || message.token(j).is(".") && j > i + 1;
      if (!name
          && !(j > i + 1
              && j < i + 4
              && message.token(j).isWord()
              && message.token(j).text().length() <= 3
              && !STOP.contains(message.lower(j)))) {
        return -1;
      }
    }
    return -1;
  }

  /** The number of "Apt. 5" or "suite 771", or -1. */
  private static int numberedUnit(Message message, int unit) {
    int number = message.lower(unit + 1).equals(".") ? unit + 2 : unit + 1;
    return number < message.size() && message.token(number).isDigits() ? number : -1;
  }

  /** "5th avenue" after a house number was handled with the number; here "221 4 th street". */
  private static int ordinal(Message message, int i) {
    boolean street = STREETS.contains(message.lower(i + 2));
    return street && i > 0 && message.token(i - 1).isDigits() ? i + 2 : -1;
  }

  private static boolean endsLikeStreet(String word) {
    return word.length() > 6 && STREET_ENDINGS.stream().anyMatch(word::endsWith);
  }

  /**
   * Takes the units, city, state and postal code after a street; returns the last token, -1 for no
   * street.
   */
  private static int rest(Message message, int street) {
    if (street < 0) {
      return -1;
    }
    int last = street;
    int words = 0;
    for (int i = street + 1; i < message.size() && i <= street + LONGEST; i++) {
      String word = message.lower(i);
      boolean unit = UNITS.contains(word);
      boolean region =
          COUNTRIES_AND_STATES.contains(word) && !(word.length() == 2 && STOP.contains(word));
      boolean number = message.token(i).isDigits() && message.token(i).text().length() <= 6;
      if (unit && numberedUnit(message, i) >= 0) {
        last = numberedUnit(message, i);
        i = last;
        words = 0;
      } else if (region || number && !message.isFound(i)) {
        last = i;
        words = 0;
      } else if (message.token(i).isWord() && !STOP.contains(word) && words < 3) {
        words++;
        last = message.token(i).isCapitalised() && i > 0 ? i : last;
      } else if (!Set.of(",", "-", "#", ".", ">").contains(word)) {
        break;
      }
    }
    return last;
  }

  /** The first token after words that announce an address and end at {@code i}, or -1. */
  private static int afterCue(Message message, int i) {
    String word = message.lower(i);
    String before = message.lower(i - 1);
    boolean address =
        before.equals("address")
            && !Set.of("email", "mail", "e-mail", "ip", "mac", "web")
                .contains(message.lower(i - 2));
    if ((word.equals("is") || word.equals(":") || word.equals("to")) && address
        || word.equals("at")
            && Set.of("live", "lives", "living", "reside", "resides", "located", "office", "house")
                .contains(before)) {
      return i + 1;
    }
    if (Set.of("zip", "zipcode", "postcode").contains(word)
        || word.equals("code") && Set.of("zip", "postal", "post").contains(before)) {
      return Set.of("is", ":", "-").contains(message.lower(i + 1)) ? i + 2 : i + 1;
    }
    boolean bare =
        word.equals("address")
            && !Set.of("email", "mail", "e-mail", "ip", "mac", "web").contains(before);
    return bare && i + 1 < message.size() && message.token(i + 1).isDigits() ? i + 1 : -1;
  }

  /** An announced address runs to the end of the clause and must hold a number. */
  private static int announced(Message message, int cue) {
    int first = afterCue(message, cue);
    int last = -1;
    boolean number = false;
    for (int i = first; first >= 0 && i < message.size() && i < first + LONGEST; i++) {
      String word = message.lower(i);
      if (STOP.contains(word)
          || "?!;:".contains(word)
          || word.equals(".") && !message.touches(i + 1) && message.token(i - 1).text().length() > 3
          || message.isFound(i)) {
        break;
      }
      boolean digits = message.token(i).isDigits();
      number |= digits;
      last = message.token(i).kind() == Token.Kind.MARK ? last : i;
      if (Set.of("zip", "zipcode", "postcode", "code").contains(message.lower(cue))
          && i > first
          && !digits) {
        break;
      }
    }
    return number && message.token(first).kind() != Token.Kind.MARK ? last : -1;
  }
}
