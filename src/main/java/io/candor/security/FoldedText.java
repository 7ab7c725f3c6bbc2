package io.candor.security;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text as a reader would see it, so that disguises do not hide an attack: compatibility forms,
 * invisible characters, look-alike letters, digits for letters, spaced-out letters and Base64 are
 * undone. Made by {@link InjectionDetector}.
 *
 * @param text lower-cased, white space collapsed
 * @param hidden how many characters were disguised (invisible or look-alike), a signal by itself
 * @param decoded readable texts found inside Base64 runs
 */
record FoldedText(String text, int hidden, List<String> decoded) {
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{24,}+={0,2}+");
  private static final Pattern SPACED_LETTERS =
      Pattern.compile("(?<!\\S)(?:\\S[ .\\-_]){3,}+\\S(?!\\S)");

  /** Cyrillic and Greek letters drawn like Latin ones, and the Latin letters they pass for. */
  private static final String LOOKALIKES = "авсԁеһіјкӏмոорԛгѕтυѵѡхуᴢαβερικντοχυω";

  private static final String LATIN = "abcdehijklmnopqrstuvwxyzabepikvtoxuw";
  private static final String DIGITS = "013457@$!";
  private static final String LETTERS = "oieastasi";

  static FoldedText of(String raw) {
    var decoded = new ArrayList<String>();
    var runs = BASE64.matcher(raw);
    while (runs.find() && decoded.size() < 8) {
      decode(runs.group(), decoded);
    }
    var folded = new StringBuilder(raw.length());
    int hidden = fold(Normalizer.normalize(raw, Normalizer.Form.NFKC), folded);
    return new FoldedText(joinSpacedLetters(folded.toString()), hidden, List.copyOf(decoded));
  }

  private static int fold(String text, StringBuilder out) {
    String lower = text.toLowerCase(Locale.ROOT);
    int hidden = 0;
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      int type = Character.getType(c);
      if (type == Character.FORMAT || type == Character.NON_SPACING_MARK) {
        hidden++;
      } else if (Character.isWhitespace(c)
          || Character.isISOControl(c)
          || Character.isSpaceChar(c)) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      } else if (LOOKALIKES.indexOf(c) >= 0 && besideLatin(lower, i)) {
        out.append(LATIN.charAt(LOOKALIKES.indexOf(c)));
        hidden++;
      } else if (DIGITS.indexOf(c) >= 0 && insideWord(lower, i)) {
        out.append(LETTERS.charAt(DIGITS.indexOf(c)));
      } else {
        out.append(c == '’' || c == '‘' ? '\'' : c);
      }
    }
    return hidden;
  }

  /** A Greek or Cyrillic word stays as it is; only one mixed with Latin letters is a disguise. */
  private static boolean besideLatin(String text, int at) {
    for (int i = at - 1; i >= 0 && i > at - 12 && Character.isLetter(text.charAt(i)); i--) {
      if (text.charAt(i) <= 'z') {
        return true;
      }
    }
    for (int i = at + 1;
        i < text.length() && i < at + 12 && Character.isLetter(text.charAt(i));
        i++) {
      if (text.charAt(i) <= 'z') {
        return true;
      }
    }
    return false;
  }

  private static boolean insideWord(String text, int at) {
    boolean letterBefore = at > 0 && isLatin(text.charAt(at - 1));
    boolean letterAfter = at + 1 < text.length() && isLatin(text.charAt(at + 1));
    boolean wordBefore = letterBefore || at > 1 && isLatin(text.charAt(at - 2));
    return letterAfter
        && (wordBefore || at == 0 || text.charAt(at - 1) == ' ')
        && at + 2 < text.length()
        && Character.isLetterOrDigit(text.charAt(at + 2));
  }

  private static boolean isLatin(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static String joinSpacedLetters(String text) {
    return SPACED_LETTERS
        .matcher(text)
        .replaceAll(
            run -> run.group().replaceAll("[ .\\-_]", "").replaceAll("([\\\\$])", "\\\\$1"));
  }

  private static void decode(String run, List<String> decoded) {
    String standard = run.replace('-', '+').replace('_', '/');
    int whole = standard.length() - standard.length() % 4;
    try {
      byte[] bytes = Base64.getDecoder().decode(standard.substring(0, whole));
      String text = new String(bytes, StandardCharsets.UTF_8);
      long readable = text.chars().filter(c -> c >= ' ' && c <= '~' || c == '\n').count();
      if (text.indexOf(' ') > 0 && readable >= text.length() * 0.95) {
        decoded.add(text);
      }
    } catch (IllegalArgumentException notBase64) {
      // a long word or an identifier: nothing is hidden in it
    }
  }
}
