package io.candor.retrieval;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Corrects the words of a question that are misspelt by one edit, before it is embedded and
 * searched; nothing that a customer sees is changed.
 *
 * <p>A word is suspect if neither English nor the tenant's documents have it. Numbers, codes,
 * addresses and capitalised names are left as they are, and so is a text that is not English.
 */
@ApplicationScoped
public class Spelling {
  /** Whole words of letters: no part of a code, of an address or of a name with a hyphen. */
  private static final Pattern WORD =
      Pattern.compile(
          "(?<![\\p{L}\\p{M}\\p{N}@#&+./_'’-])\\p{L}{3,30}"
              + "(?![\\p{L}\\p{M}\\p{N}@#&+/_'’-]|[.]\\p{L})");

  private static final Pattern LETTERS = Pattern.compile("\\p{L}{2,}");
  private static final String SENTENCE_ENDS = ".!?:;(\"";

  private final boolean isOn;
  private final DocumentWords documents;
  private final EnglishWords english = EnglishWords.shipped();

  @Inject
  Spelling(DataSource database, RetrievalConfig config) {
    this(database, config.spelling());
  }

  Spelling(DataSource database, boolean isOn) {
    this.isOn = isOn;
    this.documents = new DocumentWords(database);
  }

  /**
   * The text with its misspelt words corrected and the rest as it was. Call it inside {@code
   * KnowledgeGate.read}, whose transaction confines it to the tenant; only words that are not
   * English are looked up there.
   */
  public String correct(String text) {
    var isShouted = text.equals(text.toUpperCase(Locale.ROOT));
    Set<String> suspects =
        WORD.matcher(text)
            .results()
            .filter(word -> isShouted || isPlain(word, text))
            .map(word -> lower(word.group()))
            .filter(word -> !english.has(word))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!isOn || suspects.isEmpty()) {
      return text;
    }
    var corrections = corrections(suspects);
    if (!isEnglish(text, corrections.keySet())) {
      return text;
    }
    return WORD.matcher(text)
        .replaceAll(word ->
            isShouted || isPlain(word, text)
                ? inCaseOf(word.group(), corrections.getOrDefault(lower(word.group()), ""))
                : word.group());
  }

  /** Lower-case but for a first letter that begins a sentence. */
  private static boolean isPlain(MatchResult word, String text) {
    var tail = word.group().substring(1);
    if (!tail.equals(lower(tail))) {
      return false;
    }
    if (!Character.isUpperCase(word.group().charAt(0))) {
      return true;
    }
    var before = text.substring(0, word.start()).stripTrailing();
    return before.isEmpty() || SENTENCE_ENDS.indexOf(before.charAt(before.length() - 1)) >= 0;
  }

  /** At least half of its words are common, or would be if they were spelt right. */
  private boolean isEnglish(String text, Set<String> corrected) {
    var words = LETTERS.matcher(lower(text)).results().map(MatchResult::group).toList();
    long english =
        words.stream()
            .filter(word -> this.english.isCommon(word) || corrected.contains(word))
            .count();
    return 2 * english >= words.size();
  }

  private Map<String, String> corrections(Set<String> suspects) {
    var near = documents.near(suspects);
    var corrections = new HashMap<String, String>();
    for (var written : suspects) {
      var words = near.getOrDefault(written, Map.of());
      if (!words.containsKey(written)) {
        meant(written, words).ifPresent(word -> corrections.put(written, word));
      }
    }
    return corrections;
  }

  private Optional<String> meant(String written, Map<String, Integer> documentWords) {
    var own =
        documentWords.entrySet().stream()
            .flatMap(word -> Correction.of(written, word.getKey(), word.getValue(), english));
    var common =
        english
            .resembling(written)
            .flatMap(word -> Correction.of(written, word, 0, english))
            .filter(Correction::isLikelyAnywhere);
    return Stream.concat(own, common).min(Correction.LIKELIEST).map(Correction::meant);
  }

  private static String inCaseOf(String written, String meant) {
    if (meant.isEmpty()) {
      return written;
    }
    return Character.isUpperCase(written.charAt(0))
        ? meant.substring(0, 1).toUpperCase(Locale.ROOT) + meant.substring(1)
        : meant;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
