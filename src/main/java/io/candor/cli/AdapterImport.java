package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Sends an adapter to the server, with how it was trained. */
final class AdapterImport {
  private static final String RUN = "run.json";

  private AdapterImport() {}

  /** The run.json that was named, else the one beside the file, if there is one. */
  static Optional<Path> run(Path named, Path file) {
    var beside = file.toAbsolutePath().resolveSibling(RUN);
    return named != null ? Optional.of(named) : Optional.of(beside).filter(Files::isReadable);
  }

  /** As the key's tenant. */
  static JsonNode send(String name, Path file, Optional<Path> run)
      throws IOException, InterruptedException {
    try (var client = new CandorClient(ClientSettings.find())) {
      var path = AdaptersCommand.path(name);
      var stored = client.upload(path, file);
      return run.isPresent()
          ? client.send("PUT", path + "/run", DocumentFile.JSON.readTree(run.get().toFile()))
          : stored;
    }
  }
}
