package io.candor.knowledge;

import io.candor.knowledge.loading.LoadLimits;
import io.candor.knowledge.loading.LoadedFile.Entry;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import io.candor.knowledge.loading.LoaderProcess;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Reads uploaded files and stores the documents in them; one that is refused stops no other. */
@ApplicationScoped
class Imports {
  private final Intake intake;
  private final LoadLimits limits;
  private final Semaphore processes;

  Imports(Intake intake, KnowledgeConfig config) {
    this.intake = intake;
    this.limits =
        new LoadLimits(config.importMaxBytes(), config.importTimeLimit(), config.importMemory());
    this.processes = new Semaphore(config.importProcesses(), true);
  }

  List<Imported> load(UUID tenant, List<FileUpload> files, OnDuplicate onDuplicate)
      throws IOException {
    processes.acquireUninterruptibly();
    try (var reader = new LoaderProcess(limits)) {
      var imported = new ArrayList<Imported>();
      var keys = new HashMap<String, String>();
      for (var file : files) {
        imported.addAll(load(tenant, reader, file, keys, onDuplicate));
      }
      return imported;
    } finally {
      processes.release();
    }
  }

  private List<Imported> load(
      UUID tenant,
      LoaderProcess reader,
      FileUpload file,
      Map<String, String> keys,
      OnDuplicate onDuplicate)
      throws IOException {
    var name = file.fileName();
    if (!isKey(name)) {
      return List.of(refused("" + name, null, "its name is no path below a folder"));
    }
    return switch (reader.load(file.uploadedFile(), name, name)) {
      case Refused(var reason) -> List.of(refused(name, null, reason));
      case Loaded(var documents, var rows) ->
          Stream.concat(
                  documents.stream().map(entry -> store(tenant, name, entry, keys, onDuplicate)),
                  rows.stream().map(reason -> refused(name, null, reason)))
              .toList();
    };
  }

  private Imported store(
      UUID tenant, String file, Entry entry, Map<String, String> keys, OnDuplicate onDuplicate) {
    var key = entry.key();
    var other = keys.putIfAbsent(key, file);
    if (other != null) {
      return refused(file, key, "'%s' has the same key: give one of them another".formatted(other));
    }
    try {
      return imported(file, key, intake.publish(tenant, key, entry.draft(), onDuplicate));
    } catch (IllegalArgumentException e) {
      return refused(file, key, e.getMessage());
    }
  }

  private static Imported imported(String file, String key, Outcome outcome) {
    return new Imported(
        file,
        key,
        outcome.version().isPresent() ? outcome.version().getAsInt() : null,
        outcome.status().toString(),
        outcome.reason().orElse(null),
        outcome.resembles().orElse(null));
  }

  private static Imported refused(String file, String key, String reason) {
    return imported(file, key, Outcome.refused(reason));
  }

  /** A name becomes a key, and never a path here; yet one that climbs is meant ill. */
  private static boolean isKey(String name) {
    return name != null
        && !name.isBlank()
        && name.length() <= Check.LONGEST_KEY
        && !name.startsWith("/")
        && !name.matches(".*[\\\\\\p{Cntrl}].*")
        && List.of(name.split("/")).stream()
            .noneMatch(part -> part.equals("..") || part.equals("."));
  }
}
