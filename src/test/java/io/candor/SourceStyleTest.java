package io.candor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes and habits that a formatter does not check. */
class SourceStyleTest {
  private static final int LONGEST_FILE = 500;
  private static final int LONGEST_METHOD = 70;
  private static final int LONGEST_LINE = 120;
  private static final int MEDIAN_FILE = 70;
  private static final Pattern METHOD_START =
      Pattern.compile("^  (?! )(?!.*\\b(class|record|interface|enum)\\b)[^=@/*}].*\\(.*");

  @Test
  void noFileIsLongerThan500Lines() throws IOException {
    assertNone(
        sources("src").filter(source -> source.lines().size() > LONGEST_FILE).map(Source::name));
  }

  @Test
  void theMedianFileHasAtMost70Lines() throws IOException {
    var sizes = sources("src/main/java").map(source -> source.lines().size()).sorted().toList();
    var median = sizes.get(sizes.size() / 2);
    assertTrue(median <= MEDIAN_FILE, "the median file has %d lines".formatted(median));
  }

  @Test
  void noLineIsLongerThan120Characters() throws IOException {
    assertNone(
        sources("src")
            .flatMap(source ->
                source.lines().stream()
                    .filter(line -> line.length() > LONGEST_LINE)
                    .map(line -> source.name() + ": " + line.strip())));
  }

  @Test
  void noMethodIsLongerThan70Lines() throws IOException {
    assertNone(sources("src/main/java").flatMap(SourceStyleTest::longMethods));
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    var later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    assertNone(
        sources("src")
            .filter(source -> source.lines().stream().anyMatch(line -> later.matcher(line).find()))
            .map(Source::name));
  }

  private static Stream<String> longMethods(Source source) {
    var found = new ArrayList<String>();
    var lines = source.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (METHOD_START.matcher(lines.get(i)).matches()) {
        int end = i;
        while (end < lines.size()
            && !lines.get(end).equals("  }")
            && !lines.get(end).endsWith(";")) {
          end++;
        }
        while (end < lines.size() && lines.get(i).endsWith("{") && !lines.get(end).equals("  }")) {
          end++;
        }
        if (end - i + 1 > LONGEST_METHOD) {
          found.add(
              "%s: %s (%d lines)".formatted(source.name(), lines.get(i).strip(), end - i + 1));
        }
      }
    }
    return found.stream();
  }

  private static void assertNone(Stream<String> offenders) {
    assertEquals(List.of(), offenders.toList());
  }

  private static Stream<Source> sources(String folder) throws IOException {
    try (var files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream()
          .map(Source::of);
    }
  }

  private record Source(String name, List<String> lines) {
    static Source of(Path file) {
      try {
        return new Source(file.toString(), Files.readAllLines(file));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
