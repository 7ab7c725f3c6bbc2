package io.candor.grounding;

import io.candor.grounding.Fact.Bound;
import io.candor.grounding.Fact.Day;
import io.candor.grounding.Fact.Quantity;
import io.candor.grounding.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the typed values of a plain sentence and blanks them, so that words alone remain. */
final class Facts {
  private static final String NUM = "(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)(?![\\d])";
  private static final String SCALE = "\\s?(k|m|bn|thousand|million|billion|hundred)?\\b";
  private static final String SYMBOL =
      "(US\\$|CA\\$|AU\\$|NZ\\$|[$€£¥₹]|\\b(?:USD|EUR|GBP|CAD|AUD|CHF|JPY|INR)\\b)";
  private static final String CURRENCY =
      "(dollars?|euros?|pounds?|cents?|pence|usd|eur|gbp|cad|aud|chf|jpy|inr|[$€£¥₹])(?![\\w])";
  private static final String TO = "\\s?(?:-|to|and|until|through|or)\\s?";
  private static final String TIME_UNIT =
      "[- ]?((?:business|working|calendar|consecutive|full|whole)[- ])?"
          + "(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekdays?|months?|years?)\\b";
  private static final String CLOCK = "(\\d{1,2})(?:[:.](\\d{2}))?\\s?([ap])\\.?m\\b\\.?";
  private static final String MONTH =
      "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
          + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
  private static final String WEEKDAY =
      "(mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?s?\\b";
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String WEEKDAYS = "montuewedthufrisatsun";
  private static final Pattern AT_MOST =
      Pattern.compile(
          "(?:within|in under|up to|at most|not? (?:more|longer|later|greater|higher) than"
              + "|less than|fewer than"
              + "|a maximum of|maximum of|maximum|max\\.?|under|below|by|before|until|till"
              + "|prior to|not exceed(?:ing)?)"
              + "(?: the)?(?: first| next| following| end of)? ?$");
  private static final Pattern AT_LEAST =
      Pattern.compile(
          "(?:at least|not? (?:less|fewer|earlier|sooner) than|a minimum of|minimum of|minimum|over|above"
              + "|more than|longer than|greater than|older than|exceed(?:s|ing)?"
              + "|beyond|after|following|since|starting(?: from| on)?"
              + "|as of|from)(?: the)?(?: first)? ?$");
  private static final Pattern OR_LESS =
      Pattern.compile(
          "^ ?(?:°[CF] )?(?:or (?:less|fewer|under|below|earlier|sooner)|at most|maximum|or before)\\b");
  private static final Pattern OR_MORE =
      Pattern.compile(
          "^(?:\\+| ?(?:or|and) (?:more|above|over|older|later|up|longer|higher|after)\\b"
              + "| ?(?:minimum|at least)\\b)");

  /** "Until 7 days before" is at least 7 days before. */
  private static final Pattern AHEAD =
      Pattern.compile("^ ?(?:before|prior to|in advance|ahead|beforehand)\\b");

  private static final Pattern IDENTIFIER =
      Pattern.compile(
          String.join(
              "|",
              "(?<!\\S)[^\\s@]+@\\S+\\.\\w+",
              "https?://\\S+",
              "\\bwww\\.\\S+",
              "\\b24/\\d\\b",
              "(?<!\\S)\\+?\\(?\\d[\\d()]*[- .]\\(?\\d{2,}[\\d() .-]*\\d{3,}",
              "\\b\\d+(?:\\.\\d+){2,}\\b",
              "\\b(?=\\w*\\d)(?=\\w*[A-Za-z])"
                  + "(?!\\d+(?:st|nd|rd|th|k|m|am|pm|days?|hrs?|h)\\b)[A-Za-z\\d]{2,}\\b"));

  /** How one sort of value is written and read; {@code wordy} when it needs no digits. */
  private record Found(Pattern pattern, Reader reader, boolean wordy) {
    Found(Pattern pattern, Reader reader) {
      this(pattern, reader, false);
    }
  }

  private interface Reader {
    Fact read(MatchResult match, Bound bound, int start, int end);
  }

  private static final List<Found> READERS =
      List.of(
          new Found(pattern("(\\d{4})-(\\d{2})-(\\d{2})"), (m, b, s, e) -> iso(m, b, s, e)),
          new Found(
              pattern("(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}|\\d{2})\\b"),
              (m, b, s, e) -> slashed(m, b, s, e)),
          new Found(
              pattern("\\b" + MONTH + " (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4}))?(?!\\s?%)"),
              (m, b, s, e) -> day(m, 3, 1, 2, b, s, e)),
          new Found(
              pattern(
                  "\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTH + "(?![a-z])(?:,? (\\d{4}))?"),
              (m, b, s, e) -> day(m, 3, 2, 1, b, s, e)),
          new Found(
              pattern("\\b" + MONTH + ",? (\\d{4})\\b"), (m, b, s, e) -> day(m, 2, 1, 0, b, s, e)),
          new Found(
              pattern(
                  "(?:(?<=in |of |since |until |by |from |before |after |through |each |every ))"
                      + MONTH
                      + "(?![a-z])"),
              (m, b, s, e) -> day(m, 0, 1, 0, b, s, e),
              true),
          new Found(pattern(CLOCK + TO + CLOCK), (m, b, s, e) -> clock(m, b, s, e)),
          new Found(pattern(CLOCK), (m, b, s, e) -> clock(m, b, s, e)),
          new Found(
              pattern("\\b(\\d{1,2}):(\\d{2})()" + TO + "(\\d{1,2}):(\\d{2})()\\b"),
              (m, b, s, e) -> clock(m, b, s, e)),
          new Found(pattern("\\b(\\d{1,2}):(\\d{2})()\\b"), (m, b, s, e) -> clock(m, b, s, e)),
          new Found(
              pattern("\\b" + WEEKDAY + "(?:" + TO + WEEKDAY + ")?"),
              (m, b, s, e) -> weekday(m, b, s, e),
              true),
          new Found(
              pattern(
                  SYMBOL + "\\s?" + NUM + SCALE + "(?:" + TO + SYMBOL + "?\\s?" + NUM + SCALE
                      + ")?"),
              (m, b, s, e) -> money(m, m.group(1), 2, 5, b, s, e)),
          new Found(
              pattern(NUM + SCALE + "(?:" + TO + NUM + SCALE + ")?[- ]?" + CURRENCY),
              (m, b, s, e) -> money(m, m.group(5), 1, 3, b, s, e)),
          new Found(
              pattern(NUM + "\\s?%?(?:" + TO + NUM + ")?\\s?percentage points?\\b"),
              (m, b, s, e) -> amount(Kind.NUMBER, "points", 1, m, 1, 2, b, s, e)),
          new Found(
              pattern(NUM + "\\s?%?(?:" + TO + NUM + ")?\\s?(?:%|percent\\b|per cent\\b)"),
              (m, b, s, e) -> amount(Kind.NUMBER, "%", 1, m, 1, 2, b, s, e)),
          new Found(
              pattern("\\b" + NUM + "(?:" + TIME_UNIT + ")?" + TO + NUM + TIME_UNIT),
              (m, b, s, e) -> duration(m, 1, 4, 5, b, s, e)),
          new Found(
              pattern("\\b" + NUM + "(?: \\(\\d+\\))?" + TIME_UNIT),
              (m, b, s, e) -> duration(m, 1, 1, 2, b, s, e)),
          new Found(
              pattern("(?<=in |since |until |by |from |before |after |of )((?:19|20)\\d{2})\\b"),
              (m, b, s, e) -> new Day(number(m.group(1)), 0, 0, false, b, m.group(), s, e)),
          new Found(
              pattern("\\b" + NUM + SCALE + "(?:" + TO + NUM + SCALE + ")?(?:(st|nd|rd|th)\\b)?"),
              (m, b, s, e) -> count(m, b, s, e)));

  private Facts() {}

  /** What was found, and the text with blanks in its place. */
  record Extracted(List<Fact> facts, String rest) {}

  static Extracted extract(String text) {
    var facts = new ArrayList<Fact>();
    var rest = new StringBuilder(text);
    // Addresses, telephone numbers and part numbers are names, not amounts.
    var scanned =
        new StringBuilder(IDENTIFIER.matcher(text).replaceAll(m -> "_".repeat(m.group().length())));
    boolean figures = text.chars().anyMatch(Character::isDigit);
    for (Found found : READERS) {
      if (!figures && !found.wordy) {
        continue;
      }
      Matcher matcher = found.pattern.matcher(scanned.toString());
      while (matcher.find()) {
        Bounded bounded = bounded(scanned, matcher.start(), matcher.end());
        facts.add(
            found.reader.read(matcher.toMatchResult(), bounded.bound, bounded.start, bounded.end));
        blank(rest, bounded.start, bounded.end);
        blank(scanned, bounded.start, bounded.end);
      }
    }
    facts.replaceAll(fact -> withNouns(fact, rest));
    return new Extracted(facts, rest.toString());
  }

  private record Bounded(Bound bound, int start, int end) {}

  private static Bounded bounded(CharSequence text, int start, int end) {
    String before =
        text.subSequence(Math.max(0, start - 32), start).toString().toLowerCase(Locale.ROOT);
    String after =
        text.subSequence(end, Math.min(text.length(), end + 16))
            .toString()
            .toLowerCase(Locale.ROOT);
    Matcher most = AT_MOST.matcher(before);
    Matcher least = AT_LEAST.matcher(before);
    boolean hasMost = most.find();
    boolean hasLeast = least.find();
    if (hasMost && (!hasLeast || most.start() <= least.start())) {
      boolean ahead = most.group().matches("(?:until|till|by).*") && AHEAD.matcher(after).find();
      Bound bound =
          ahead ? Bound.AT_LEAST : most.group().startsWith("within") ? Bound.WITHIN : Bound.AT_MOST;
      return new Bounded(bound, start - (before.length() - most.start()), end);
    }
    if (hasLeast) {
      return new Bounded(Bound.AT_LEAST, start - (before.length() - least.start()), end);
    }
    Matcher less = OR_LESS.matcher(after);
    if (less.find()) {
      return new Bounded(Bound.AT_MOST, start, end + less.end());
    }
    Matcher more = OR_MORE.matcher(after);
    return more.find()
        ? new Bounded(Bound.AT_LEAST, start, end + more.end())
        : new Bounded(Bound.NONE, start, end);
  }

  private static Fact iso(MatchResult m, Bound bound, int start, int end) {
    return new Day(
        number(m.group(1)),
        number(m.group(2)),
        number(m.group(3)),
        false,
        bound,
        m.group(),
        start,
        end);
  }

  private static Fact slashed(MatchResult m, Bound bound, int start, int end) {
    int first = number(m.group(1));
    int second = number(m.group(2));
    int year = number(m.group(3)) + (m.group(3).length() == 2 ? 2000 : 0);
    boolean dayFirst = first > 12;
    boolean ambiguous = first <= 12 && second <= 12;
    return new Day(
        year,
        dayFirst ? second : first,
        dayFirst ? first : second,
        ambiguous,
        bound,
        m.group(),
        start,
        end);
  }

  private static Fact day(
      MatchResult m, int year, int month, int day, Bound bound, int start, int end) {
    int index = MONTHS.indexOf(m.group(month).toLowerCase(Locale.ROOT).substring(0, 3)) / 3 + 1;
    int y = year == 0 || m.group(year) == null ? 0 : number(m.group(year));
    return new Day(
        y, index, day == 0 ? 0 : number(m.group(day)), false, bound, m.group(), start, end);
  }

  private static Fact clock(MatchResult m, Bound bound, int start, int end) {
    double low = minutes(m, 1);
    double high = m.groupCount() > 3 ? minutes(m, 4) : low;
    return quantity(Kind.DATE, "clock", low, high, bound, m.group(), start, end);
  }

  private static double minutes(MatchResult m, int from) {
    int hour = number(m.group(from));
    int minute = m.group(from + 1) == null ? 0 : number(m.group(from + 1));
    String half = m.group(from + 2).toLowerCase(Locale.ROOT);
    int shift = half.equals("p") && hour < 12 ? 12 : half.equals("a") && hour == 12 ? -12 : 0;
    return (hour + shift) * 60.0 + minute;
  }

  private static Fact weekday(MatchResult m, Bound bound, int start, int end) {
    double low = weekday(m.group(1));
    double high = m.group(2) == null ? low : weekday(m.group(2));
    return quantity(Kind.DATE, "weekday", low, high, bound, m.group(), start, end);
  }

  private static int weekday(String name) {
    return WEEKDAYS.indexOf(name.toLowerCase(Locale.ROOT).substring(0, 3)) / 3 + 1;
  }

  private static final Map<String, String> CURRENCIES =
      Map.ofEntries(
          Map.entry("$", "USD"),
          Map.entry("us$", "USD"),
          Map.entry("ca$", "CAD"),
          Map.entry("au$", "AUD"),
          Map.entry("nz$", "NZD"),
          Map.entry("€", "EUR"),
          Map.entry("£", "GBP"),
          Map.entry("¥", "JPY"),
          Map.entry("₹", "INR"),
          Map.entry("dollar", "USD"),
          Map.entry("cent", "USD"),
          Map.entry("euro", "EUR"),
          Map.entry("pound", "GBP"),
          Map.entry("pence", "GBP"));

  private static Fact money(
      MatchResult m, String currency, int low, int high, Bound bound, int start, int end) {
    String name = currency.toLowerCase(Locale.ROOT).replaceAll("(?<=[a-z]{2})s$", "");
    double scale = name.equals("cent") || name.equals("pence") ? .01 : 1;
    String unit = CURRENCIES.getOrDefault(name, name.toUpperCase(Locale.ROOT));
    return amount(Kind.MONEY, unit, scale, m, low, high, bound, start, end);
  }

  private static Fact duration(
      MatchResult m, int low, int high, int modifier, Bound bound, int start, int end) {
    String unit = m.group(modifier + 1).toLowerCase(Locale.ROOT);
    String kind = m.group(modifier) == null ? "" : m.group(modifier).toLowerCase(Locale.ROOT);
    boolean workdays = kind.matches("(?:business|working)[- ]") || unit.startsWith("weekday");
    String dimension = unit.startsWith("mo") || unit.startsWith("y") ? "months" : "hours";
    double scale =
        switch (unit.charAt(0)) {
          case 's' -> 1 / 3600.0;
          case 'h' -> 1;
          case 'd' -> 24;
          case 'n' -> 24;
          case 'w' -> unit.startsWith("weekd") ? 24 : 168;
          case 'y' -> 12;
          default -> unit.startsWith("mi") ? 1 / 60.0 : 1;
        };
    String measured = workdays ? "workdays" : unit.startsWith("night") ? "nights" : dimension;
    return quantity(
        Kind.NUMBER,
        measured,
        parse(m.group(low)) * scale,
        parse(m.group(high)) * scale,
        bound,
        m.group(),
        start,
        end);
  }

  private static Fact count(MatchResult m, Bound bound, int start, int end) {
    Fact fact = amount(Kind.NUMBER, "count", 1, m, 1, 3, bound, start, end);
    return m.group(5) == null
        ? fact
        : quantity(
            Kind.NUMBER,
            "ordinal",
            parse(m.group(1)),
            parse(m.group(1)),
            bound,
            m.group(),
            start,
            end);
  }

  private static Fact amount(
      Kind kind,
      String unit,
      double scale,
      MatchResult m,
      int low,
      int high,
      Bound bound,
      int start,
      int end) {
    double from = parse(m.group(low)) * scale * scaleOf(m, low + 1);
    double to = m.group(high) == null ? from : parse(m.group(high)) * scale * scaleOf(m, high + 1);
    return quantity(kind, unit, from, to, bound, m.group(), start, end);
  }

  private static double scaleOf(MatchResult m, int group) {
    String scale = group <= m.groupCount() ? m.group(group) : null;
    return scale == null
        ? 1
        : switch (scale.toLowerCase(Locale.ROOT)) {
          case "hundred" -> 100;
          case "k", "thousand" -> 1e3;
          case "m", "million" -> 1e6;
          case "bn", "billion" -> 1e9;
          default -> 1;
        };
  }

  private static Quantity quantity(
      Kind kind,
      String unit,
      double low,
      double high,
      Bound bound,
      String text,
      int start,
      int end) {
    // "from 9 to 5": the words before a range belong to the range.
    Bound side = low == high ? bound : Bound.NONE;
    return new Quantity(kind, unit, List.of(), low, high, side, text.strip(), start, end);
  }

  private static Fact withNouns(Fact fact, CharSequence rest) {
    if (!(fact instanceof Quantity q) || !q.unit().equals("count")) {
      return fact;
    }
    List<String> nouns =
        Words.of(rest.subSequence(q.end(), Math.min(rest.length(), q.end() + 40)).toString())
            .stream()
            .takeWhile(word -> !word.punctuation())
            .filter(word -> !word.light())
            .limit(3)
            .map(Words.Word::lemma)
            .toList();
    return new Quantity(
        q.kind(), q.unit(), nouns, q.low(), q.high(), q.bound(), q.text(), q.start(), q.end());
  }

  private static double parse(String number) {
    return Double.parseDouble(number.replace(",", ""));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static void blank(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      text.setCharAt(i, ' ');
    }
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
