package io.candor.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.knowledge.loading.LoadedFile;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import io.candor.knowledge.loading.Loader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A document of a file of the operator's own, which is read without precautions.
 *
 * @param key its key
 * @param document the body of the documents API
 */
record DocumentFile(String key, ObjectNode document) {
  static final ObjectMapper JSON = new ObjectMapper();

  /** The documents of a file; without a key of its own, one gets the key given. */
  static List<DocumentFile> read(Path file, String key) {
    if (!Files.isReadable(file)) {
      throw new CommandFailure("%s cannot be read: check that it exists.".formatted(file));
    }
    return documents(Loader.load(file, file.getFileName().toString(), key), file.toString());
  }

  /** The one document of a file whose content is at hand. */
  static DocumentFile parse(String name, String content, String key) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return documents(Loader.load(bytes, name, key), name).getFirst();
  }

  private static List<DocumentFile> documents(LoadedFile file, String name) {
    return switch (file) {
      case Refused(var reason) -> throw new CommandFailure("%s: %s".formatted(name, reason));
      case Loaded(_, var refused) when !refused.isEmpty() ->
          throw new CommandFailure("%s: %s".formatted(name, refused.getFirst()));
      case Loaded(var documents, _) ->
          documents.stream().map(e -> new DocumentFile(e.key(), e.draft().toJson())).toList();
    };
  }
}
