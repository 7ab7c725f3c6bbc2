package io.candor.retrieval;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Misspells as hurried people do; the same seed makes the same mistakes. */
final class Typos {
  private static final Pattern WORD = Pattern.compile("(?<![\\w'])[a-z]{4,}(?![\\w'])");
  private static final List<String> KEYBOARD = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm");

  private final Random random;

  Typos(long seed) {
    random = new Random(seed);
  }

  /** Misspells about one word in four, and at least one where there is one of four letters. */
  String in(String text) {
    var words = WORD.matcher(text).results().toList();
    if (words.isEmpty()) {
      return text;
    }
    int sure = random.nextInt(words.size());
    int[] next = {0};
    return WORD.matcher(text)
        .replaceAll(word ->
            Matcher.quoteReplacement(
                next[0]++ == sure || random.nextInt(4) == 0
                    ? misspelt(word.group())
                    : word.group()));
  }

  /** The word with one letter wrong, never its first. */
  String misspelt(String word) {
    int at = 1 + random.nextInt(word.length() - 2);
    var before = word.substring(0, at);
    var letter = word.charAt(at);
    var after = word.substring(at + 1);
    return switch (random.nextInt(5)) {
      case 0 -> before + after.charAt(0) + letter + after.substring(1);
      case 1 -> before + after;
      case 2 -> before + letter + letter + after;
      case 3 -> before + neighbour(letter) + after;
      default -> before + letter + neighbour(letter) + after;
    };
  }

  private char neighbour(char letter) {
    var row = KEYBOARD.stream().filter(keys -> keys.indexOf(letter) >= 0).findFirst().orElseThrow();
    int at = row.indexOf(letter);
    int beside = at == 0 ? 1 : at == row.length() - 1 ? at - 1 : at + 2 * random.nextInt(2) - 1;
    return row.charAt(beside);
  }
}
