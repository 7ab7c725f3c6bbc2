package io.candor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureDocumentTest {
  private static final Path DOCUMENT = Path.of("ARCHITECTURE.md");
  private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z]\\w+)`");
  private static final Set<String> OTHERS = Set.of("StreamingChatModel", "EmbeddingModel");

  @Test
  void everyClassItNamesExists() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      var classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.replace(".java", ""))
              .collect(Collectors.toSet());
      var missing =
          CLASS_NAME
              .matcher(Files.readString(DOCUMENT))
              .results()
              .map((MatchResult match) -> match.group(1))
              .filter(name -> !classes.contains(name) && !OTHERS.contains(name))
              .distinct()
              .toList();
      assertEquals(List.of(), missing);
    }
  }

  @Test
  void itIsShortEnoughToRead() throws IOException {
    assertTrue(Files.readAllLines(DOCUMENT).size() <= 150);
  }
}
