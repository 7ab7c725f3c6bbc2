package io.candor.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts plain text into words and reduces each, or each known phrase, to its lemma. */
final class Words {
  /**
   * A word, phrase or punctuation mark.
   *
   * @param denied whether the word denies its lemma ("unused" denies "use")
   * @param light whether it carries no fact of its own
   * @param name whether it names something: capitalised within a sentence, an address, a code
   */
  record Word(
      String text, String lemma, boolean denied, boolean light, boolean name, int start, int end) {
    boolean punctuation() {
      return lemma.isEmpty();
    }

    /** The same word, read as another. */
    Word as(Word other) {
      return new Word(text, other.lemma, other.denied, other.light, name, start, end);
    }

    Lexicon.Entry entry() {
      return new Lexicon.Entry(lemma, denied);
    }

    boolean content() {
      return !light && !punctuation();
    }

    /** Whether the word has the lemma of a given dictionary word. */
    boolean means(String word) {
      return lemma.equals(Lexicon.ENGLISH.stem(word));
    }

    String lower() {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<!\\S)[^\\s@]+@\\S+\\.\\w+|https?://[^\\s)]*[^\\s).,;]"
              + "|\\+?\\(?\\d[\\d()]*[- .]\\(?\\d{2,}[\\d() .-]*\\d{3,}"
              + "|[\\p{L}\\p{N}]+(?:['._/&@+][\\p{L}\\p{N}]+)*(?:'(?=\\s))?|[,;:().!?|]");
  private static final Set<String> CUES =
      Set.of(
          "not", "no", "never", "nor", "neither", "none", "nobody", "nothing", "without", "only",
          "always", "fail");

  private Words() {}

  static List<Word> of(String text) {
    var tokens = new ArrayList<int[]>();
    var lower = new ArrayList<String>();
    var stems = new ArrayList<String>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      String token = matcher.group().toLowerCase(Locale.ROOT);
      tokens.add(new int[] {matcher.start(), matcher.end()});
      lower.add(token);
      stems.add(Lexicon.ENGLISH.stem(token));
    }
    var words = new ArrayList<Word>();
    for (int i = 0; i < tokens.size(); ) {
      Lexicon.Match match = Lexicon.ENGLISH.match(stems, lower, i);
      int start = tokens.get(i)[0];
      int end = tokens.get(i + match.words() - 1)[1];
      words.add(word(text, start, end, match, lower.get(i)));
      i += match.words();
    }
    return words;
  }

  private static Word word(String text, int start, int end, Lexicon.Match match, String lower) {
    String said = text.substring(start, end);
    if (said.length() == 1 && !Character.isLetterOrDigit(said.charAt(0))) {
      return new Word(said, "", false, true, false, start, end);
    }
    boolean single = match.words() == 1;
    boolean light = single && (Lexicon.ENGLISH.isLight(lower) || CUES.contains(lower));
    String lemma = match.entry().lemma();
    boolean modal = Lexicon.ENGLISH.isLight(lemma);
    return new Word(
        said, lemma, match.entry().denied(), light || modal, isName(text, start, said), start, end);
  }

  private static boolean isName(String text, int start, String said) {
    if (said.chars().anyMatch(c -> Character.isDigit(c) || c == '@') || said.startsWith("http")) {
      return true;
    }
    boolean capital = Character.isUpperCase(said.charAt(0)) && !said.equals("I");
    boolean inner = said.chars().skip(1).anyMatch(Character::isUpperCase);
    return capital && (inner || !opensSentence(text, start));
  }

  private static boolean opensSentence(String text, int start) {
    int before = start - 1;
    while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    return before < 0 || ".!?:|\"(".indexOf(text.charAt(before)) >= 0;
  }
}
