package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "ingest",
    description = {
      "Loads files and folders through the documents API.",
      "It reads md, html, txt and json.",
      "A document's key is its path below the folder given, unless its front matter names one.",
      "What the server already has is skipped, so an interrupted run is simply run again."
    },
    mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {
  private static final Set<String> EXTENSIONS =
      Set.of("md", "markdown", "html", "htm", "txt", "json");

  private static final List<String> FIELDS =
      List.of("title", "kind", "format", "text", "url", "locale");

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "files or folders")
  private List<Path> paths;

  @Override
  public Integer call() throws Exception {
    List<DocumentFile> documents = new ArrayList<>();
    for (Path path : paths) {
      documents.addAll(read(path));
    }
    int written = 0;
    List<String> refused = new ArrayList<>();
    try (CandorClient client = new CandorClient(ClientSettings.find())) {
      Counter counter = new Counter(System.out, "ingesting", documents.size());
      for (DocumentFile document : documents) {
        try {
          if (!isStored(client.document(document.key()), document)) {
            client.put(document.key(), document.document());
            written++;
          }
        } catch (CandorClient.Refusal e) {
          refused.add(document.key() + ": " + e.getMessage());
        }
        counter.next();
      }
      counter.done();
    }
    refused.forEach(System.err::println);
    int skipped = documents.size() - written - refused.size();
    System.out.printf("%d written, %d unchanged, %d refused%n", written, skipped, refused.size());
    return refused.isEmpty() ? 0 : 1;
  }

  private static List<DocumentFile> read(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(DocumentFile.read(path, path.getFileName().toString()));
    }
    if (!Files.isDirectory(path)) {
      throw new CommandFailure("%s does not exist: name a file or a folder.".formatted(path));
    }
    try (var files = Files.walk(path)) {
      return files
          .filter(file -> Files.isRegularFile(file) && EXTENSIONS.contains(extension(file)))
          .sorted()
          .map(file -> DocumentFile.read(file, key(path, file)))
          .toList();
    }
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
  }

  private static String key(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Whether the version in force is this, in every field that the file gives. */
  private static boolean isStored(Optional<JsonNode> stored, DocumentFile wanted) {
    return stored
        .filter(there -> FIELDS.stream().allMatch(name -> isSame(name, wanted.document(), there)))
        .filter(there -> startsAsWanted(wanted.document().path("valid_from").asText(""), there))
        .isPresent();
  }

  private static boolean isSame(String field, JsonNode wanted, JsonNode there) {
    return !wanted.has(field) || wanted.get(field).equals(there.get(field));
  }

  private static boolean startsAsWanted(String from, JsonNode there) {
    return from.isEmpty()
        || there
            .path("valid")
            .valueStream()
            .anyMatch(v -> v.path("valid_from").asText().equals(from));
  }
}
