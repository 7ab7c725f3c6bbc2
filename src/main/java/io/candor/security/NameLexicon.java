package io.candor.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Given and family names of many countries, from the United States census of 1990 (public domain),
 * the Faker library, and the packages random-indian-name and getindianname (all MIT).
 *
 * @param given names that are hardly anything else
 * @param family surnames that are hardly anything else
 * @param weakGiven common given names that are also words ("mark"): they count only beside a name
 *     or after a cue
 * @param weak other names that are also words, places or brands: they count only after a name or a
 *     cue
 */
record NameLexicon(Set<String> given, Set<String> family, Set<String> weakGiven, Set<String> weak) {
  private static final String RESOURCE = "person-names.txt.gz";

  static NameLexicon shipped() {
    var given = new HashSet<String>(32_768);
    var family = new HashSet<String>(32_768);
    var weakGiven = new HashSet<String>(512);
    var weak = new HashSet<String>(8_192);
    Set<String> section = given;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(NameLexicon.class.getResourceAsStream(RESOURCE)),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        switch (line) {
          case "# given" -> section = given;
          case "# family" -> section = family;
          case "# weak given" -> section = weakGiven;
          case "# weak" -> section = weak;
          default -> section.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new NameLexicon(given, family, weakGiven, weak);
  }

  boolean isStrong(String word) {
    return given.contains(word) || family.contains(word);
  }

  boolean isAny(String word) {
    return isStrong(word) || weakGiven.contains(word) || weak.contains(word);
  }
}
