package io.candor.serving;

import io.candor.serving.lora.LoraQuantisation;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Adapters on this replica's disk, where llama.cpp reads them. {@link AdapterRegistry} copies one
 * here before it names it in an {@link AdapterSet}.
 */
@Singleton
class AdapterFiles implements LlamaAdapters.Files {
  private static final Logger LOG = Logger.getLogger(AdapterFiles.class);

  private final Path folder;

  AdapterFiles() {
    try {
      folder = Files.createTempDirectory("candor-adapters");
    } catch (IOException e) {
      throw new UncheckedIOException("there is no place for adapters", e);
    }
  }

  @Override
  public LlamaAdapters.Found find(String sha256) {
    return new LlamaAdapters.Found(
        stored(sha256), Optional.of(inEightBits(sha256)).filter(Files::exists));
  }

  private Path stored(String sha256) {
    return folder.resolve(sha256 + ".gguf");
  }

  private Path inEightBits(String sha256) {
    return folder.resolve(sha256 + "-q8_0.gguf");
  }

  /** What writes an adapter's content to a new file. */
  interface Source {
    void write(Path out) throws SQLException, IOException;
  }

  /**
   * Copies an adapter here, unless it is here already, and puts it into 8 bits beside. The file
   * appears only when all is complete.
   *
   * @throws IllegalStateException if the content is not what its hash says
   */
  Path copy(String sha256, Source source) throws SQLException, IOException {
    var file = stored(sha256);
    if (!Files.exists(file)) {
      make(sha256, file, source);
    }
    return file;
  }

  private synchronized void make(String sha256, Path file, Source source)
      throws SQLException, IOException {
    if (Files.exists(file)) {
      return;
    }
    var unfinished = unfinished();
    try {
      source.write(unfinished);
      if (!ModelIdentity.hash(unfinished).equals(sha256)) {
        throw new IllegalStateException("the stored adapter %s is damaged".formatted(sha256));
      }
      quantise(unfinished, inEightBits(sha256));
      Files.move(unfinished, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Done here, so that nobody's answer waits for it: the inference thread only loads. */
  private void quantise(Path adapter, Path out) throws IOException {
    var unfinished = unfinished();
    try {
      if (LoraQuantisation.write(adapter, unfinished)) {
        Files.move(unfinished, out);
      }
    } catch (IllegalArgumentException e) {
      LOG.warnf("the adapter for %s is served as it is: %s", out.getFileName(), e.getMessage());
    } finally {
      Files.deleteIfExists(unfinished);
    }
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
