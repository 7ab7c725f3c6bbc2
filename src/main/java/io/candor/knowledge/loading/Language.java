package io.candor.knowledge.loading;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a text's language by its script and, where that has several, by the function words of which
 * every text in a language is full. Says nothing where it cannot be sure: of a few words, or of a
 * language that is not listed.
 */
public final class Language {
  /** A BCP 47 language tag, as documents take it. */
  static final String TAG = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}";

  private static final Map<UnicodeScript, String> OF_SCRIPT =
      Map.of(
          UnicodeScript.GREEK, "el",
          UnicodeScript.HEBREW, "he",
          UnicodeScript.HANGUL, "ko",
          UnicodeScript.THAI, "th",
          UnicodeScript.HAN, "zh",
          UnicodeScript.DEVANAGARI, "hi");

  private static final Map<String, Set<String>> LATIN =
      Map.ofEntries(
          words("en", "the of and to in is that for it with as are on be this was by or you not"),
          words(
              "de",
              "der die und das ist nicht ein eine mit von den zu im für auf sich dem werden sie wir"),
          words(
              "fr",
              "le la les des et est une que dans pour pas vous nous sur avec qui au du ce votre"),
          words("es", "el la los las de que y en un una por con para es no se su del lo al"),
          words(
              "it", "il di che e la per un una non è sono con del della gli nel alla dei le come"),
          words("pt", "o os as de que e em um uma não para com do da no na por se seu mais"),
          words(
              "nl", "de het een en van is dat niet op te voor met zijn aan wij bij ook wordt u uw"),
          words(
              "sv", "och att det som en på är för med till av den inte ett vi har kan om du eller"),
          words(
              "da", "og at det er en på til af for med ikke den der vi et kan du har som af eller"),
          words("nb", "og å det er en på til av for med ikke den vi et kan du har som fra eller"),
          words(
              "fi",
              "ja on ei että se voi olla ovat tai sekä kun jos mutta myös hän tämä jotka ole voit niin"),
          words("pl", "i w na z nie się do jest że o to za jak przez dla po od może są oraz"),
          words("cs", "a v na se je že s z do o k pro za jsou nebo jako by ve od jeho"),
          words(
              "tr",
              "ve bir bu için ile de da olarak çok daha gibi olan veya en ne değil her sonra kadar ancak"),
          words(
              "hu",
              "a az és hogy nem is egy ez van meg ha vagy csak de már mint lehet amely után által"),
          words("ro", "și în de la cu nu o un pe este care să pentru din mai sunt sau ca prin vă"));

  private static final Pattern WORD = Pattern.compile("\\p{L}+");
  private static final int READ = 20_000;
  private static final int FEWEST_LETTERS = 20;
  private static final int FEWEST_WORDS = 4;
  private static final double FEWEST_SHARE = 0.12;
  private static final double CLEARLY_MORE = 1.25;

  private Language() {}

  /** The language's BCP 47 tag. */
  public static Optional<String> of(String text) {
    var read =
        text.substring(0, Math.min(READ, text.length())).replaceAll("<[^>]*>|https?:\\S+", " ");
    var scripts = scripts(read);
    int letters = scripts.values().stream().mapToInt(Integer::intValue).sum();
    if (letters < FEWEST_LETTERS) {
      return Optional.empty();
    }
    // Japanese mixes kana with Han; any share of kana that is not a quotation decides.
    int kana =
        scripts.getOrDefault(UnicodeScript.HIRAGANA, 0)
            + scripts.getOrDefault(UnicodeScript.KATAKANA, 0);
    if (kana * 10 > letters) {
      return Optional.of("ja");
    }
    var main = scripts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    if (main.getValue() * 2 < letters) {
      return Optional.empty();
    }
    return switch (main.getKey()) {
      case LATIN -> latin(read);
      case CYRILLIC ->
          Optional.of(has(read, "іїєґ") ? "uk" : has(read, "ъ") && !has(read, "ы") ? "bg" : "ru");
      case ARABIC -> Optional.of(has(read, "پچژگ") ? "fa" : "ar");
      default -> Optional.ofNullable(OF_SCRIPT.get(main.getKey()));
    };
  }

  private static Optional<String> latin(String text) {
    var words = WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(w -> w.group()).toList();
    String best = null;
    long most = 0;
    long second = 0;
    for (var language : LATIN.entrySet()) {
      long hits = words.stream().filter(language.getValue()::contains).count();
      if (hits > most) {
        second = most;
        most = hits;
        best = language.getKey();
      } else {
        second = Math.max(second, hits);
      }
    }
    var clear =
        most >= FEWEST_WORDS
            && most >= words.size() * FEWEST_SHARE
            && most >= second * CLEARLY_MORE;
    return clear ? Optional.of(best) : Optional.empty();
  }

  private static Map<UnicodeScript, Integer> scripts(String text) {
    var counts = new EnumMap<UnicodeScript, Integer>(UnicodeScript.class);
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(letter -> counts.merge(UnicodeScript.of(letter), 1, Integer::sum));
    return counts;
  }

  private static boolean has(String text, String letters) {
    return text.toLowerCase(Locale.ROOT).chars().anyMatch(c -> letters.indexOf(c) >= 0);
  }

  private static Map.Entry<String, Set<String>> words(String language, String words) {
    return Map.entry(language, Set.copyOf(java.util.Arrays.asList(words.split(" "))));
  }
}
