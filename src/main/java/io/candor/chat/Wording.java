package io.candor.chat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the stages that understand a turn can tell from its words alone; English. */
final class Wording {
  /** Words that every question has, whatever it is about. */
  private static final Set<String> EMPTY =
      Set.of(
          """
          a an the i you we he she it they me him her us them my your his its our their mine yours u ur
          this that these those there here one ones some any all each both either such same other else
          another somebody someone anybody anyone something anything everything
          is are was were be been being am do does did done can could will would shall should may might
          must have has had having isn't aren't wasn't don't doesn't didn't can't couldn't won't
          wouldn't haven't hasn't isnt arent dont doesnt didnt cant couldnt wont wouldnt havent hasnt
          it's that's there's what's how's where's i'm i've i'd i'll you're we're they're whats hows im
          ive thats of for to in on at by with from into onto about as per than up out off over and
          or but nor not no yes if then so because while until since before after
          what when where which who whom whose why how many much long often far soon late
          very really just also too only even still already again now later today please hi hello hey ok
          okay thanks thank sorry well actually though exactly
          get got getting take takes taking took need needs want wants cost costs go goes going make makes
          know tell let like help work works working happen happens come comes possible price use give
          wanted think say says look see able mean meant
          """
              .strip()
              .split("\\s+"));

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’-]*");

  /** Capitalised words within a sentence, such as a product's name with its number. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?<=[\\p{L}\\p{N},'’&-] )(?<name>\\p{Lu}[\\p{L}\\p{N}'’&-]*"
              + "(?: (?:\\p{Lu}[\\p{L}\\p{N}'’&-]*|\\p{N}+\\b|(?:and|of|the|&) (?=\\p{Lu})))*)"
              + "(?<noun>(?: \\p{Ll}+)?)");

  /** Pronouns that stand for something said before. */
  private static final Pattern PRONOUN =
      Pattern.compile(
          "\\b(it|its|they|them|their|theirs|this|that|these|those|he|she|him|her|one|ones|there)\\b|\\bthen[?.! ]*$",
          Pattern.CASE_INSENSITIVE);

  /**
   * The same words where they stand for nothing: is it possible, is there, that one word before a
   * noun.
   */
  private static final Pattern EXPLETIVE =
      Pattern.compile(
          "\\b(is|are|was|were|will|would|has|have) there\\b|\\bthere('?s| is| are| was| were| will)\\b"
              + "|\\b(is|was|would|will) it (possible|ok|okay|true|allowed|necessary|safe|normal|better|worth)\\b"
              + "|\\bit('?s| is| was) (possible|ok|okay|true|raining|snowing)\\b"
              + "|\\bdoes it (take|cost|need) (to|for|until|before)\\b"
              + "|\\b(so|such|now|all|know|think|say|says|said|sure|hope|heard|see|saw|noticed|believe) that\\b"
              + "|\\b\\p{L}{4,} that (i|you|we|they|is|are|was|were|has|have|can)\\b"
              + "|\\b(this|that|these|those) (?!is|are|was|one|ones|can|will|does|do|work|cost|take"
              + "|apply|mean|come|go)\\p{L}{3,}"
              + "|\\b(no|any|some|every|which) ?one\\b|\\bone (day|week|month|year|hour|time|of|item|or)\\b",
          Pattern.CASE_INSENSITIVE);

  private Wording() {}

  /** Whether a pronoun in it stands for something, within it or before it. */
  static boolean refersBack(String text) {
    return PRONOUN.matcher(EXPLETIVE.matcher(text).replaceAll(" ")).find();
  }

  /** What is said before the first pronoun that stands for something; all of it without one. */
  static String beforePronoun(String text) {
    var pronoun = PRONOUN.matcher(EXPLETIVE.matcher(text).replaceAll(" "));
    return pronoun.find()
        ? EXPLETIVE.matcher(text).replaceAll(" ").substring(0, pronoun.start())
        : text;
  }

  /** From its first word that says what it is about to its last. */
  static String topic(String text) {
    var found =
        WORD.matcher(text)
            .results()
            .filter(
                word -> !EMPTY.contains(word.group().toLowerCase(Locale.ROOT).replace('’', '\'')))
            .toList();
    return found.isEmpty() ? "" : text.substring(found.getFirst().start(), found.getLast().end());
  }

  /** Lower-case, letters, digits and apostrophes only. */
  static String plain(String message) {
    return message
        .toLowerCase(Locale.ROOT)
        .replace('’', '\'')
        .replaceAll("[^\\p{L}\\p{N}' ]+", " ")
        .strip()
        .replaceAll(" +", " ");
  }

  /** Lower-case words in their order. */
  static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT).replace('’', '\''))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** The words that say what it is about. */
  static List<String> content(String text) {
    return words(text).stream().filter(word -> !EMPTY.contains(word)).toList();
  }

  /**
   * Names in the middle of sentences, each with the noun after it: a capital at a sentence's start
   * tells nothing.
   */
  static List<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .filter(name -> !EMPTY.contains(name.group("name").toLowerCase(Locale.ROOT)))
        .map(name -> content(name.group("noun")).isEmpty() ? name.group("name") : name.group())
        .toList();
  }
}
