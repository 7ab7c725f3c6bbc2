package io.candor.serving;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.UUID;

/**
 * Adapters on this replica's disk, where llama.cpp reads them. {@link AdapterRegistry} copies one
 * here before it names it in an {@link AdapterSet}.
 */
@Singleton
class AdapterFiles {
  private final Path folder;

  AdapterFiles() {
    try {
      folder = Files.createTempDirectory("candor-adapters");
    } catch (IOException e) {
      throw new UncheckedIOException("there is no place for adapters", e);
    }
  }

  /** Where an adapter is once it has been copied here. */
  Path file(String sha256) {
    return folder.resolve(sha256 + ".gguf");
  }

  /** What writes an adapter's content to a new file. */
  interface Source {
    void write(Path out) throws SQLException, IOException;
  }

  /**
   * Copies an adapter here, unless it is here already. The file appears only when it is complete.
   *
   * @throws IllegalStateException if the content is not what its hash says
   */
  synchronized Path copy(String sha256, Source source) throws SQLException, IOException {
    var file = file(sha256);
    if (!Files.exists(file)) {
      var unfinished = unfinished();
      try {
        source.write(unfinished);
        if (!ModelIdentity.hash(unfinished).equals(sha256)) {
          throw new IllegalStateException("the stored adapter %s is damaged".formatted(sha256));
        }
        Files.move(unfinished, file);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
    return file;
  }

  /** A place for a file that is yet to be made, whose maker moves or deletes it. */
  Path unfinished() {
    return folder.resolve(UUID.randomUUID() + ".part");
  }

  @PreDestroy
  void clear() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
