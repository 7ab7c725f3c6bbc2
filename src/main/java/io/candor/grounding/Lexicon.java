package io.candor.grounding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The verifier's knowledge of words, read from {@code lexicon.txt}: a word or phrase becomes a
 * lemma shared by its synonyms, and a denied lemma for its opposites. Unknown words keep their
 * stem.
 */
final class Lexicon {
  /** What a word stands for: a lemma, or its denial ("forbid" denies "allow"). */
  record Entry(String lemma, boolean denied) {
    Entry opposite() {
      return new Entry(lemma, !denied);
    }
  }

  /** An entry found in a text and how many words it took. */
  record Match(Entry entry, int words) {}

  static final Lexicon ENGLISH = load("lexicon.txt");

  private static final int LONGEST_PHRASE = 6;
  private static final Set<String> NOT_PREFIXED =
      Set.of("uni", "under", "until", "unless", "unto", "uncle", "none", "nona", "nonc");

  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, String> irregular = new HashMap<>();
  private final Set<String> light = new HashSet<>();
  private final Set<String> ornaments = new HashSet<>();
  private final Set<String> frames = new HashSet<>();
  private final Map<Entry, Set<Entry>> near = new HashMap<>();
  private final Set<String> phraseStarts = new HashSet<>();

  private static Lexicon load(String resource) {
    try (InputStream in = Lexicon.class.getResourceAsStream(resource)) {
      var lexicon = new Lexicon();
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      lexicon.readAll(lines, '^');
      lexicon.readAll(lines, '~');
      lexicon.readAll(lines, '=');
      lexicon.readAll(lines, '!');
      lexicon.readAll(lines, '-');
      lexicon.readAll(lines, '+');
      lexicon.readAll(lines, '%');
      lexicon.entries.keySet().stream()
          .filter(key -> key.contains(" "))
          .forEach(key -> lexicon.phraseStarts.add(key.substring(0, key.indexOf(' '))));
      return lexicon;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readAll(List<String> lines, char sort) {
    for (String line : lines) {
      if (line.length() > 2 && line.charAt(0) == sort) {
        read(sort, line.substring(2).strip());
      }
    }
  }

  private void read(char sort, String line) {
    switch (sort) {
      case '^' -> {
        String[] forms = line.split("\\s+");
        for (int i = 1; i < forms.length; i++) {
          irregular.put(forms[i], Stemmer.stem(forms[0]));
        }
      }
      case '~' -> light.addAll(List.of(line.split("\\s+")));
      case '-' -> entries(line.split("\\s+")).forEach(entry -> ornaments.add(entry.lemma()));
      case '+' -> entries(line.split("\\s+")).forEach(entry -> frames.add(entry.lemma()));
      case '%' -> {
        List<Entry> all = entries(line.split("\\s*\\|\\s*"));
        all.forEach(entry -> near.computeIfAbsent(entry, e -> new HashSet<>()).addAll(all));
      }
      case '=' -> {
        String[] same = line.split("\\s*\\|\\s*");
        Entry head = entries.getOrDefault(key(same[0]), new Entry(key(same[0]), false));
        for (String word : same) {
          entries.putIfAbsent(key(word), head);
        }
      }
      case '!' -> {
        String[] words = line.split("\\s*\\|\\s*");
        String base = entries.getOrDefault(key(words[0]), new Entry(key(words[0]), false)).lemma();
        for (int i = 1; i < words.length; i++) {
          deny(base, key(words[i]));
        }
      }
      default -> throw new IllegalStateException("no such sort of line: " + sort);
    }
  }

  /** A phrase without an entry becomes one, so that it is read as a whole. */
  private List<Entry> entries(String[] words) {
    return Stream.of(words)
        .map(this::key)
        .map(key -> entries.computeIfAbsent(key, k -> new Entry(k, false)))
        .toList();
  }

  private void deny(String base, String opposite) {
    Entry known = entries.getOrDefault(opposite, new Entry(opposite, false));
    if (known.denied()) {
      return;
    }
    String lemma = known.lemma();
    var denial = new Entry(base, true);
    entries.put(opposite, denial);
    entries.replaceAll(
        (word, entry) -> entry.lemma().equals(lemma) && !entry.denied() ? denial : entry);
  }

  private String key(String phrase) {
    var stems = new ArrayList<String>();
    for (String word : phrase.toLowerCase(Locale.ROOT).split("[\\s-]+")) {
      stems.add(stem(word));
    }
    return String.join(" ", stems);
  }

  String stem(String word) {
    String known = irregular.get(word);
    return known != null ? known : Stemmer.stem(word);
  }

  boolean isLight(String word) {
    return light.contains(word);
  }

  /** Whether a sentence means as much without the word: "lovely", "automatically". */
  boolean isOrnament(String lemma) {
    return ornaments.contains(lemma);
  }

  /** Whether a sentence says no more for having the word: "is available", "can be found". */
  boolean isFrame(String lemma) {
    return frames.contains(lemma);
  }

  /** Whether one word can be said for another, though it does not always mean it. */
  boolean isNear(Entry word, Entry other) {
    return near.getOrDefault(word, Set.of()).contains(other)
        || near.getOrDefault(word.opposite(), Set.of()).contains(other.opposite());
  }

  /** The longest entry that begins at a word; a word without an entry stands for its stem. */
  Match match(List<String> stems, List<String> words, int from) {
    boolean phrases = phraseStarts.contains(stems.get(from));
    int longest = phrases ? Math.min(LONGEST_PHRASE, stems.size() - from) : 1;
    for (int length = longest; length > 0; length--) {
      Entry entry = entries.get(String.join(" ", stems.subList(from, from + length)));
      if (entry != null) {
        return new Match(entry, length);
      }
    }
    return new Match(prefixed(words.get(from), stems.get(from)), 1);
  }

  private Entry prefixed(String word, String stem) {
    boolean un = word.startsWith("un") && word.length() > 5;
    boolean non = word.startsWith("non") && word.length() > 6;
    if ((un || non) && NOT_PREFIXED.stream().noneMatch(word::startsWith)) {
      String rest = stem(word.substring(non ? 3 : 2));
      Entry bare = entries.getOrDefault(rest, new Entry(rest, false));
      return new Entry(bare.lemma(), !bare.denied());
    }
    return new Entry(stem, false);
  }
}
